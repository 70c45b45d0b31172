"""Results on their way to somebody else, in each kind of database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from ivr.stores.outbox import LEASE, Outbox, Waiting
from ivr.stores.personal import erase
from ivr.stores.teaching import Teaching
from tests.stores.test_calls import NOW
from tests.stores.test_teaching import RESULT, teaching
from tests.threads import at_once

__all__ = ["teaching"]

SECOND = timedelta(seconds=1)


@pytest.fixture
def outbox(engine: Engine, teaching: Teaching) -> Outbox:
    """Three results of Ada's."""
    for day in (3, 1, 2):
        teaching.keep(replace(RESULT, at=f"2025-03-0{day}T15:00:00+00:00"))
    return Outbox(engine)


def days(taken: tuple[Waiting, ...]) -> list[int]:
    return [int(each.result.at[8:10]) for each in taken]


def test_what_is_taken_is_nobody_elses_for_a_while(outbox: Outbox) -> None:
    assert days(outbox.take(2, NOW)) == [1, 2]
    assert days(outbox.take(5, NOW)) == [3]
    assert outbox.take(5, NOW + LEASE - SECOND) == ()
    assert days(outbox.take(5, NOW + LEASE)) == [1, 2, 3]
    assert outbox.waiting() == 3


def test_what_is_delivered_is_never_taken_again(outbox: Outbox) -> None:
    outbox.delivered(outbox.take(2, NOW))
    assert days(outbox.take(5, NOW + 2 * LEASE, early=True)) == [3]
    assert outbox.waiting() == 1


def test_what_failed_waits_its_time_unless_it_is_asked_for(outbox: Outbox) -> None:
    taken = outbox.take(1, NOW)
    outbox.later(taken, NOW + timedelta(hours=2))
    assert days(outbox.take(5, NOW + timedelta(hours=2) - SECOND)) == [2, 3]
    again = outbox.take(5, NOW, early=True)
    assert [(each.result.at[8:10], each.tries) for each in again] == [("01", 1), ("02", 0), ("03", 0)]


def test_the_whole_result_is_carried(outbox: Outbox) -> None:
    (first,) = outbox.take(1, NOW)
    assert first.result == replace(RESULT, at="2025-03-01T15:00:00+00:00")


def test_an_erased_trainee_has_nothing_on_the_way(engine: Engine, outbox: Outbox) -> None:
    taken = outbox.take(1, NOW)
    erase(engine, "Ada")
    outbox.delivered(taken)
    outbox.later(taken, NOW)
    assert (outbox.waiting(), outbox.take(5, NOW + LEASE)) == (0, ())


def test_many_at_once_share_them_out(outbox: Outbox, teaching: Teaching) -> None:
    for minute in range(17):
        teaching.keep(replace(RESULT, at=f"2025-04-01T15:{minute:02}:00+00:00"))
    for turn in range(12):
        now = NOW + turn * LEASE
        taken = [each.id for took in at_once(lambda now=now: outbox.take(2, now), 8) for each in took]
        assert len(taken) == len(set(taken))
        assert sorted([*taken, *(each.id for each in outbox.take(50, now))]) == list(range(1, 21))
