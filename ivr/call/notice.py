"""The notice that opens every call. It is code, not data, so that no flow can leave it out."""

from ivr.call.turn import Words

__all__ = ["NOTICE", "notice"]

NOTICE = (
    "This is a practice line. It is not American Express, and it is not a real card issuer. "
    "Use practice numbers only, and never your own."
)


def notice() -> Words:
    """The notice, to be heard to its end."""
    return Words(text=NOTICE, language="en-US", barge_in=False)
