"""Attributes that are almost right: names are case-sensitive, those of Twilio's libraries are written otherwise, and
some belong to what is inside an element.
"""

from collections.abc import Collection, Iterable, Mapping

__all__ = ["owned", "spelt"]


def spelt(name: str, known: Iterable[str]) -> str:
    """How it is written, for `numdigits` or `num_digits`; nothing where it is like none of them."""
    plain = _plain(name)
    return next((f"; it is written {each}" for each in known if _plain(each) == plain), "")


def owned(name: str, inside: Mapping[str, Collection[str]]) -> str:
    """Which of the elements inside have it, as <Number> has the statusCallback that a <Dial> is often given."""
    owners = [f"<{element}>" for element, names in inside.items() if name in names]
    return f"; {', '.join(owners)} inside it may have one" if owners else ""


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
