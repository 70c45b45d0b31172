"""Tells a learning record store of results, until it knows of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ivr.errors import IvrError
from ivr.stores.outbox import Outbox, Waiting
from ivr.teaching.record_store import RecordStore, Refused, Unreachable
from ivr.teaching.statements import statement_of
from ivr.training.coach import TrainingCoach

__all__ = ["Courier", "Delivered"]

AT_ONCE = 25
"""Statements in one request."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=6)
"""Until a statement is tried again: at first, and in the end."""


@dataclass(kw_only=True)
class Delivered:
    """How many were told, how many have to wait, and why, each reason once."""

    told: int = 0
    left: int = 0
    problems: list[str] = field(default_factory=list)

    def leave(self, taken: Sequence[Waiting], why: IvrError) -> None:
        """Counts what was left, and notes why."""
        self.left += len(taken)
        if str(why) not in self.problems:
            self.problems.append(str(why))


@dataclass(frozen=True, kw_only=True)
class Courier:
    """Carries results from the outbox to the record store. Safe between threads and processes."""

    outbox: Outbox
    store: RecordStore
    coach: TrainingCoach
    home: str
    clock: Callable[[], datetime]

    def deliver(self, *, early: bool = False) -> Delivered:
        """Tells of whatever waits, a batch at a time, until one cannot be told because the store cannot be reached.

        With `early` also of what failed a moment ago. Raises what the outbox's database raises.
        """
        done = Delivered()
        tried: set[int] = set()
        while taken := self.outbox.take(AT_ONCE, self.clock(), early=early):
            fresh = [each for each in taken if each.id not in tried]
            if not fresh or not self._batch(fresh, done):
                break
            tried |= {each.id for each in fresh}
        return done

    def _batch(self, taken: Sequence[Waiting], done: Delivered) -> bool:
        """False where the store cannot be reached."""
        try:
            self.store.tell([self._statement(each) for each in taken])
        except Unreachable as why:
            self._later(taken, why.after)
            done.leave(taken, why)
            return False
        except Refused as why:
            if len(taken) > 1:  # one of them is to blame, and the others are not
                return all(self._batch([each], done) for each in taken)
            if not why.known:
                self._later(taken, None)
                done.leave(taken, why)
                return True
        self.outbox.delivered(taken)
        done.told += len(taken)
        return True

    def _later(self, taken: Sequence[Waiting], after: timedelta | None) -> None:
        """After twice as long each time, and no sooner than the store asks."""
        wait = min(FIRST * 2 ** min(max(each.tries for each in taken), 20), LONGEST)
        self.outbox.later(taken, self.clock() + max(wait, after or wait))

    def _statement(self, waiting: Waiting) -> dict[str, Any]:
        scenario = self.coach.board.centre.scenarios.get(waiting.result.scenario)
        return statement_of(waiting.result, self.home, self.coach.card.mastery, scenario.title if scenario else None)
