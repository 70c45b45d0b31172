"""Names that are almost right: Twilio's are case-sensitive, and those of its libraries are written otherwise."""

from collections.abc import Iterable

__all__ = ["spelt"]


def spelt(name: str, known: Iterable[str]) -> str:
    """How it is written, for `numdigits` or `num_digits`; nothing where it is like none of them."""
    plain = _plain(name)
    return next((f"; it is written {each}" for each in known if _plain(each) == plain), "")


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
