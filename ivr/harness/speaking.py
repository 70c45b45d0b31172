"""How long words take to say, and how many of them fit into a time.

Twilio promises no rate. 150 words a minute is an unhurried voice; digits and stops take their own time.
"""

import re
from functools import lru_cache

from ivr.harness.timeline import Milliseconds

__all__ = ["heard_before", "speaking_time"]

WORD: Milliseconds = 400
STOP: Milliseconds = 300

_DIGIT_BEFORE_DIGIT = re.compile(r"\d(?=-?\d)")
_STOP = re.compile(r"[.,:;!?](?=\s|$)")


@lru_cache(maxsize=256)
def speaking_time(text: str) -> Milliseconds:
    """How long the text takes to say; each digit of a number counts as a word, since account numbers are read out."""
    words = len(text.split()) + len(_DIGIT_BEFORE_DIGIT.findall(text))
    return words * WORD + len(_STOP.findall(text)) * STOP


def heard_before(text: str, *, passed: Milliseconds, whole: Milliseconds) -> str:
    """The words that were out when a text of that whole length was cut off after the time passed."""
    words = text.split()
    return " ".join(words[: len(words) * passed // whole]) if whole else ""
