"""What the system does next: words, then what it listens for, a stretch of hold, or the end."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

from ivr.frozen import frozen

__all__ = ["Ended", "Holding", "Listening", "Offer", "Outcome", "Turn", "Words", "must_be_heard", "take_keys"]


class Outcome(StrEnum):
    """How a call ended."""

    CONNECTED = "connected"
    ABANDONED = "abandoned"
    DISCONNECTED = "disconnected"
    MESSAGE = "message"
    CALLBACK = "callback"


@frozen
class Words:
    """Something said in one voice. `language` is BCP 47, `voice` one of Twilio's or None for the default; `speaker` is
    the name of a person who says it, and None for the line itself.

    `barge_in` is False for what a caller must hear to its end.
    """

    text: str
    language: str = "en-US"
    voice: str | None = None
    barge_in: bool = True
    speaker: str | None = None


@frozen
class Offer:
    """One thing that may be pressed or said now."""

    keys: str | None
    words: str
    event: str


@dataclass(frozen=True, kw_only=True)
class Listening:
    """What is listened for. `silence` is in seconds; `hints` are phrases that a speech recogniser should expect.

    Keys end at `most_keys`, at `finish_key`, or at a pause. `letters` says that keys may be typed as their letters.
    """

    most_keys: int | None
    finish_key: str | None
    speech: bool
    silence: float
    barge_in: bool = True
    language: str = "en-US"
    hints: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    longest_speech: int | None = None
    letters: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Kept, as what is listened for at one place is one value, and documents are looked up by it."""
        return hash(tuple(getattr(self, each.name) for each in fields(self)))


@frozen
class Holding:
    """A stretch of hold, `seconds` long; `left` is what the caller was told to expect after it began.

    While `callback` is offered, 1 or "call me back" takes it.
    """

    department: str
    seconds: float
    left: float
    callback: bool
    language: str = "en-US"


@frozen
class Ended:
    """The call is over. `department` is the one that was reached, or will call back or read the message."""

    outcome: Outcome
    department: str | None
    place: str
    seconds: float
    turns: int


@frozen
class Turn:
    """Turn `number` of a call: what is said at `place`, and what comes then."""

    number: int
    place: str
    words: tuple[Words, ...]
    then: Listening | Holding | Ended


def must_be_heard(words: Sequence[Words]) -> Sequence[Words]:
    """What is said before anything can be heard: all that stands before words that may not be cut short, and they.

    Keys end whatever is nested in a Gather, bargeIn or not.
    """
    last = max((index for index, each in enumerate(words) if not each.barge_in), default=-1)
    return words[: last + 1]


def take_keys(listening: Listening, keys: str) -> tuple[str, str]:
    """Splits typed keys as a gather takes them: what this question hears, and what is left for the next.

    The finish key ends the entry and is not part of it, so the entry may be empty.
    """
    most = listening.most_keys or len(keys)
    finish = listening.finish_key
    if finish is not None and finish in keys[: most + 1] and listening.most_keys != 1:
        entry = keys[: keys.index(finish)]
        return entry, keys[len(entry) + 1 :]
    return keys[:most], keys[most:]
