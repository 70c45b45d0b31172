"""The time of a call whose telephone was quicker than speech.

A virtual telephone lets no time pass while prompts are said and music plays; a server counts by the clock on the wall.
Seconds between two such events say nothing, so they are counted instead: words at their pace, keys, silence and holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise

from ivr.call.events import Ended, Event, Held, Said, Silent
from ivr.call.notice import NOTICE
from ivr.call.pace import keying_seconds, speaking_seconds

__all__ = ["in_own_time", "is_timed"]

EARLY = 0.5
"""The share of its length below which nothing can have been heard, or waited for, on any telephone."""

Turn = tuple[Event, ...]


def is_timed(events: Sequence[Event]) -> bool:
    """Whether the notice and every hold took about as long as they do on a telephone, where nobody can cut them short.

    A call that had neither, as it was hung up at once, is.
    """
    turns = list(_turns(events))
    return all(_least(before, turn) <= (turn[0].at - before[0].at).total_seconds() for before, turn in pairwise(turns))


def in_own_time(events: Sequence[Event]) -> tuple[Event, ...]:
    """The same events at the times they would have had at the pace of `ivr.call.pace`, at the earliest.

    Nobody hesitates, and what events do not show of an answer takes no time.
    """
    turns = list(_turns(events))
    now, found = turns[0][0].at, list(turns[0])
    for before, turn in pairwise(turns):
        now += timedelta(seconds=_spoken(before) + _doing(turn))
        found += (replace(event, at=now) for event in turn)
    return tuple(found)


def _turns(events: Sequence[Event]) -> Iterator[Turn]:
    """What happened at the same moment happened in one turn."""
    return (tuple(each) for _, each in groupby(events, key=lambda event: event.at))


def _least(before: Turn, turn: Turn) -> float:
    """Seconds that must lie between two turns at least."""
    if all(isinstance(event, Ended) for event in turn):
        return 0.0
    held = sum(event.seconds for event in turn if isinstance(event, Held))
    notice = any(isinstance(event, Said) and event.words == NOTICE for event in before)
    return EARLY * (held + (speaking_seconds(NOTICE) if notice else 0.0))


def _spoken(turn: Turn) -> float:
    return sum(speaking_seconds(event.words) for event in turn if isinstance(event, Said))


def _doing(turn: Turn) -> float:
    """How long it takes to do what a turn began with, as far as events show it."""
    words = str(getattr(turn[0], "words", ""))
    match turn[0]:
        case Held(seconds=seconds) | Silent(seconds=seconds):
            return seconds
        case Said():
            return 0.0
    if getattr(turn[0], "by", "") == "keys":
        return keying_seconds("".join(filter(str.isdigit, words)) or "#")
    return speaking_seconds(words)
