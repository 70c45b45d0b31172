"""When a scenario comes back: a card for each trainee and scenario, scheduled by FSRS.

The scheduler is py-fsrs, https://github.com/open-spaced-repetition/py-fsrs; what its ratings mean is on
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from fsrs import Card, Rating, Scheduler

from ivr.call.record import Stage

__all__ = ["Rehearsed", "Scheduled", "rating_of", "reviewed"]

AT_ONCE = timedelta(minutes=10)
"""After which a scenario that was not mastered comes back: time enough to read how it went."""
EASY = 95.0
"""The score, of 100, from which a test is mastered with ease."""

# Without fuzz, so that the same attempts lead to the same days; and nothing is kept away for more than half a year.
_SCHEDULER = Scheduler(
    learning_steps=(AT_ONCE,), relearning_steps=(AT_ONCE,), maximum_interval=180, enable_fuzzing=False
)


class Rehearsed(Protocol):
    """An attempt; `score` is of 100, `at` ISO 8601 in UTC."""

    @property
    def stage(self) -> str: ...

    @property
    def at(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def failed(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """When a scenario comes back (UTC), and the card that this rests on, as JSON."""

    due: datetime
    state: str


def rating_of(attempt: Rehearsed, bar: float) -> Rating:
    """Below the bar it has to be done again; with the best way shown first it was hard; a near-perfect test, easy."""
    if attempt.failed or attempt.score < bar:
        return Rating.Again
    if attempt.stage == Stage.OVERVIEW:
        return Rating.Hard
    return Rating.Easy if attempt.stage == Stage.TEST and attempt.score >= EASY else Rating.Good


def reviewed(state: str | None, attempt: Rehearsed, bar: float) -> Scheduled:
    """The card after an attempt; `state` is None before the first. `bar` is the score, of 100, that masters."""
    at = datetime.fromisoformat(attempt.at).astimezone(UTC)
    before = Card.from_json(state) if state else Card(card_id=1, due=at)  # the store knows whose it is
    after, _ = _SCHEDULER.review_card(before, rating_of(attempt, bar), at)
    return Scheduled(due=after.due, state=after.to_json())
