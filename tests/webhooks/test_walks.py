"""Generated walks through the shipped trees: the terminal's session and signed webhooks give the same events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.call import CallerInput, CallSession, Ended, Pressed, Silent, Spoke
from ivr.call.events import Arrived, Event
from ivr.call.events import Ended as EndedEvent
from ivr.harness import Call
from tests.centre import shipped_board
from tests.conftest import TUESDAY_MORNING
from tests.shipped.test_walks import LINES, explored
from tests.webhooks.conftest import LOBBY, PracticeLine

Walk = tuple[CallerInput, ...]
REARRANGED = "personal-rearranged"
"""The personal line with its keys in another order: what media do about it is seen there."""


def longest(line: str, by: str) -> list[Walk]:
    """The fewest walks by day that hold every answer at a line's own places; some lines have only shared ones."""
    edges = explored(line, by, TUESDAY_MORNING).edges
    own = [edge.walk for edge in edges if edge.place.startswith(f"{line}.")] or [edge.walk for edge in edges][:40]
    covered: set[Walk] = set()
    chosen = []
    for walk in sorted(dict.fromkeys(own), key=len, reverse=True):
        if walk not in covered:
            covered |= {walk[:length] for length in range(1, len(walk) + 1)}
            chosen.append(walk)
    return chosen


@pytest.mark.parametrize("by", ["keys", "words"])
@pytest.mark.parametrize("own", [line for line in LINES if line != REARRANGED])
def test_both_media_hold_the_same_conversation(line: Callable[..., PracticeLine], own: str, by: str) -> None:
    practice = line(shipped_board().centre, numbers={LOBBY: own})
    walks = longest(own, by)

    assert walks
    for walk in walks:
        assert over_twilio(practice, walk) == in_session(own, walk), walk


def in_session(line: str, walk: Walk) -> list[Event]:
    """A walk's events without any medium."""
    session = CallSession.arriving(shipped_board(), line, call_id="CA1", seed=1, clock=lambda: TUESDAY_MORNING)
    turn = session.begin()
    for heard in walk:
        if not isinstance(turn.then, Ended):
            turn = session.hear(heard)
    return timeless(session.events)


def over_twilio(practice: PracticeLine, walk: Walk) -> list[Event]:
    """A walk's events on the virtual Twilio, until its caller has done all of it."""
    # Each walk is a morning of its own: together their calls would last past the hour a department closes.
    practice.exchange.began = TUESDAY_MORNING - timedelta(milliseconds=practice.exchange.timeline.now)
    call: Call = practice.call(LOBBY)
    for heard in walk:
        if not call.ended:
            _do(call, heard)
    return timeless(practice.events(call))


def _do(call: Call, heard: CallerInput) -> None:
    match heard:
        case Pressed(keys=keys):
            call.press(keys)
        case Spoke(words=words, confidence=confidence):
            call.say(words, confidence=confidence)
        case Silent():
            call.wait()


def timeless(events: list[Event]) -> list[Event]:
    """Events without what differs between media: their times, and how a line is named that was dialled."""
    return [_timeless(replace(event, at=TUESDAY_MORNING)) for event in events]


def _timeless(event: Event) -> Event:
    match event:
        case Arrived():
            return replace(event, dialled="")
        case EndedEvent():
            return replace(event, seconds=0.0)
        case _:
            return event
