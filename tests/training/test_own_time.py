"""Calls by a telephone that lets no time pass: their seconds are counted, and come out as in the terminal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, groupby

import pytest

from ivr.call import Switchboard
from ivr.call.events import Event, Held
from ivr.training.callers import By, Temper
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import debrief_text
from ivr.training.own_time import in_own_time, is_timed
from ivr.training.scoring import load_card
from tests.centre import shipped_centre
from tests.training.rehearsing import in_session, setting_out

BOARD = Switchboard(shipped_centre(), debriefs=False)
COACH = TrainingCoach(BOARD.centre, load_card())


def played(temper: Temper, by: By = "speech") -> list[Event]:
    return in_session(BOARD, setting_out(BOARD, "dispute", temper, by), temper)


def hurried(events: Sequence[Event]) -> list[Event]:
    """The same call, with a tenth of a second to each turn."""
    at, tenths = events[0].at, count()
    return [
        replace(event, at=at + timedelta(seconds=tenth / 10))
        for (_, turn), tenth in zip(groupby(events, key=lambda event: event.at), tenths, strict=False)
        for event in turn
    ]


@pytest.mark.parametrize("temper", list(Temper))
def test_a_call_at_the_pace_of_speech_is_timed(temper: Temper) -> None:
    events = played(temper)
    assert is_timed(events)
    assert not is_timed(hurried(events))


@pytest.mark.parametrize("temper", list(Temper))
def test_seconds_that_were_not_to_be_had_are_counted_as_they_would_have_passed(temper: Temper) -> None:
    """But for what events do not show, such as the digits of a card."""
    events = played(temper)
    slow, quick = COACH.talk_over(events), COACH.talk_over(hurried(events))
    assert 0.9 * slow.evidence.regret.spent < quick.evidence.regret.spent <= slow.evidence.regret.spent + 0.1
    assert quick.score.total == pytest.approx(slow.score.total, abs=1.5)


def test_the_debrief_says_that_they_were_counted() -> None:
    events = played(Temper.PREPARED)
    told = "The telephone was quicker than speech"
    assert told in debrief_text(COACH.talk_over(hurried(events)))
    assert told not in debrief_text(COACH.talk_over(events))


def test_a_call_hung_up_at_once_is_timed() -> None:
    arrived, said, *_, ended = played(Temper.SILENT)
    soon = replace(ended, at=arrived.at + timedelta(seconds=0.2), outcome="abandoned")
    assert is_timed([arrived, said, soon])


def test_a_hold_that_is_over_before_its_time_is_no_hold() -> None:
    events = played(Temper.PREPARED)
    first = next(index for index, event in enumerate(events) if isinstance(event, Held))

    def sooner(seconds: float) -> datetime:
        return events[first - 1].at + timedelta(seconds=seconds)

    held = events[first]
    assert isinstance(held, Held)
    assert is_timed([*events[:first], replace(held, at=sooner(held.seconds))])
    assert not is_timed([*events[:first], replace(held, at=sooner(0.3))])


def test_counting_keeps_what_happened_and_its_order() -> None:
    events = played(Temper.RANDOM)
    counted = in_own_time(hurried(events))
    assert [replace(event, at=events[0].at) for event in counted] == [
        replace(event, at=events[0].at) for event in events
    ]
    assert [event.at for event in counted] == sorted(event.at for event in counted)
