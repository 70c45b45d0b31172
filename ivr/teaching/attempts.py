"""A trainee's call becomes a result, wherever it was made."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from ivr.call.events import Event, event_to_json
from ivr.stores.teaching import Result, Teaching
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import Debrief
from ivr.training.scoring import rehearsed
from ivr.training.spacing import reviewed

__all__ = ["Attempts", "Failed", "Verdict", "result_of"]

Verdict = Literal["mastered", "missed", "failed"]
"""What an attempt comes to: at the bar or above it, below it, or failed outright."""

Failed = tuple[str, Exception]
"""A call that could not be scored or kept, and why."""


def result_of(debrief: Debrief, events: Sequence[Event], at: datetime, call: str | None = None) -> Result:
    """A trainee's attempt, over at `at`, which is not the time of the scenario. The same events give the same result.

    `call` is the id of a call that the store has.
    """
    evidence, score = debrief.evidence, debrief.score
    assert evidence.trainee is not None
    regret: dict[str, float] = {}
    for loss in evidence.regret.losses:
        regret[loss.cause] = round(regret.get(loss.cause, 0.0) + loss.seconds, 1)
    return Result(
        trainee=evidence.trainee,
        scenario=evidence.scenario,
        stage=evidence.stage,
        at=at.astimezone(UTC).isoformat(),
        score=round(score.total, 1),
        failed=bool(score.failed),
        regret=regret,
        lost={mark.item: round(mark.lost, 1) for mark in score.weakest},
        events="\n".join(json.dumps(event_to_json(event)) for event in events),
        call=call,
    )


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """Keeps what trainees' calls come to. Safe between threads and processes: no call is kept twice.

    A call's events are its memory, so a result that could not be kept when the call ended is made from them later.
    """

    teaching: Teaching
    coach: TrainingCoach
    kept: Callable[[str, Verdict], None] | None = None
    """Told of each attempt that was kept: its scenario, and what it came to."""

    def keep(self, call: str) -> bool:
        """Keeps what an ended call comes to; False where that was done before, or is nobody's attempt.

        Raises RecordError for a scenario that is gone, and whatever the store raises.
        """
        events = self.teaching.events(call)
        began = rehearsed(events)
        if began is None or began.trainee is None:
            return False
        return self.keep_events(events, events[-1].at, call)

    def keep_events(self, events: Sequence[Event], at: datetime, call: str | None = None) -> bool:
        """Keeps a trainee's attempt, over at `at`, and when its scenario comes back. False: that was done before."""
        result = result_of(self.coach.talk_over(events), events, at, call)
        bar = self.coach.card.mastery
        new = self.teaching.keep(result, partial(reviewed, bar=bar))
        if new and self.kept is not None:
            self.kept(result.scenario, "failed" if result.failed else "mastered" if result.score >= bar else "missed")
        return new

    def catch_up(self) -> list[Failed]:
        """Keeps what ended calls have left to be kept, one by one; those that could not be.

        Raises what the store raises where it cannot be asked.
        """
        failed: list[Failed] = []
        for call in self.teaching.unkept():
            try:
                self.keep(call)
            except Exception as error:  # trees that have changed since may fail in any way
                failed.append((call, error))
        return failed
