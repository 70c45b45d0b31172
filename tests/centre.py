"""The shipped centre, loaded once in a process for every test that only reads it."""

from functools import cache

from ivr.call import Switchboard
from ivr.flow.centre import ContactCentre, load_centre

__all__ = ["shipped_board", "shipped_centre"]


@cache
def shipped_centre() -> ContactCentre:
    """Without its rules, which `ivr check` holds it to."""
    return load_centre(rules=False)


@cache
def shipped_board() -> Switchboard:
    """Making a switchboard, and hearing on it, is what costs."""
    return Switchboard(shipped_centre())
