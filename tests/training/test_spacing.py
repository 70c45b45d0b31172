"""When scenarios come back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating

from ivr.training.spacing import AT_ONCE, Scheduled, rating_of, reviewed

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
BAR = 80.0


@dataclass(frozen=True, kw_only=True)
class Try:
    score: float
    at: str = NOON.isoformat()
    stage: str = "practice"
    failed: bool = False


@pytest.mark.parametrize(
    ("attempt", "rating"),
    [
        (Try(score=79.9), Rating.Again),
        (Try(score=100, failed=True, stage="test"), Rating.Again),
        (Try(score=100, stage="overview"), Rating.Hard),
        (Try(score=80), Rating.Good),
        (Try(score=94.9, stage="test"), Rating.Good),
        (Try(score=99), Rating.Good),
        (Try(score=95, stage="test"), Rating.Easy),
    ],
)
def test_an_attempt_is_rated_by_the_bar_and_by_its_stage(attempt: Try, rating: Rating) -> None:
    assert rating_of(attempt, BAR) is rating


def reviews(*scores: float) -> list[timedelta]:
    """After how long a scenario comes back, each time it is rehearsed when it is due."""
    waits, at, card = [], NOON, None
    for score in scores:
        card = reviewed(card.state if card else None, Try(score=score, at=at.isoformat()), BAR)
        waits.append(card.due - at)
        at = card.due
    return waits


def test_success_puts_off_further_each_time_up_to_half_a_year() -> None:
    waits = reviews(*[90] * 8)
    assert waits[0] >= timedelta(days=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=180)


def test_a_mistake_brings_it_back_at_once_and_sooner_after_that() -> None:
    waits = reviews(90, 90, 90, 40, 90)
    assert waits[3] == AT_ONCE
    assert timedelta(days=1) <= waits[4] < waits[2]


def test_the_same_attempts_lead_to_the_same_card() -> None:
    first, second = (reviewed(None, Try(score=90), BAR) for _ in range(2))
    assert first == second
    assert first == Scheduled(due=first.due, state=second.state)


def test_a_time_of_another_zone_is_the_same_time() -> None:
    west = NOON.astimezone(datetime.fromisoformat("2026-11-02T12:00-05:00").tzinfo)
    assert reviewed(None, Try(score=90, at=west.isoformat()), BAR) == reviewed(None, Try(score=90), BAR)


def test_an_attempt_that_is_told_late_breaks_nothing() -> None:
    after = reviewed(None, Try(score=90), BAR)
    earlier = Try(score=30, at=(NOON - timedelta(days=2)).isoformat())
    assert reviewed(after.state, earlier, BAR).due == NOON - timedelta(days=2) + AT_ONCE
