"""The items of a conversation: names for what can be asked. A detail or a note carries its own after a colon."""

from typing import Final

NAME: Final = "name"
REASON: Final = "reason"
CARD_ENDING: Final = "card_ending"
LAST_FOUR: Final = "last_four"
ZIP: Final = "zip"
SECRET: Final = "secret"
OUT_OF_REACH: Final = "out_of_reach"
ANYTHING_ELSE: Final = "anything_else"
REFLECTION: Final = "reflection"
DEBRIEF: Final = "debrief"

DETAIL: Final = "detail:"
NOTE: Final = "note:"

VERIFYING: Final = (CARD_ENDING, LAST_FOUR, ZIP)
GIVEN: Final = "given"
MISSING: Final = "missing"


def bare(item: str) -> str:
    """A detail's or a note's own name; any other item as it stands."""
    return item.partition(":")[2] or item
