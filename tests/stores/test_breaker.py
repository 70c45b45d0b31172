"""Who asks a database that stands still, and who is told at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import exc

from ivr.stores import breaker
from ivr.stores.breaker import LONG, PAUSE, Breaker


class Time:
    """A clock that a test sets."""

    now = 1000.0


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time of the breakers."""
    time = Time()
    monkeypatch.setattr(breaker, "monotonic", lambda: time.now)
    return time


@pytest.fixture
def stalled(time: Time) -> Breaker:
    """One that has just learned that its database stands still."""
    made = Breaker()
    since = made.admit()
    time.now += LONG
    made.failed(since)
    return made


def refuses(admit: Callable[[], float]) -> bool:
    try:
        admit()
    except exc.TimeoutError:
        return True
    return False


def test_after_a_stall_whoever_asks_is_told_at_once_for_a_while(stalled: Breaker, time: Time) -> None:
    assert refuses(stalled.admit)
    time.now += PAUSE - 0.01
    assert refuses(stalled.admit)


def test_then_one_tries_and_the_others_wait_for_what_comes_of_it(stalled: Breaker, time: Time) -> None:
    time.now += PAUSE
    since = stalled.admit()
    assert refuses(stalled.admit)
    time.now += LONG
    stalled.failed(since)
    assert refuses(stalled.admit)
    time.now += PAUSE
    stalled.admit()
    stalled.worked()
    assert not refuses(stalled.admit)
    assert not refuses(stalled.admit)


def test_one_that_is_never_heard_of_again_keeps_nobody_out_for_ever(stalled: Breaker, time: Time) -> None:
    time.now += PAUSE
    stalled.admit()
    time.now += 60
    assert not refuses(stalled.admit)


def test_a_database_that_answers_at_once_stands_not_still_whatever_it_says(time: Time) -> None:
    made = Breaker()
    made.failed(made.admit())
    assert not refuses(made.admit)


def test_so_does_one_that_says_no_when_it_is_tried_again(stalled: Breaker, time: Time) -> None:
    time.now += PAUSE
    stalled.failed(stalled.admit())
    assert not refuses(stalled.admit)
