"""What is kept of a trainee's attempt."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from ivr.call.events import Event, event_to_json
from ivr.stores.teaching import Result
from ivr.training.debrief import Debrief
from ivr.training.scoring import rehearsed

__all__ = ["result_of"]


def result_of(trainee: str, debrief: Debrief, events: Sequence[Event], at: datetime) -> Result:
    """An attempt made at `at`, which is not the time of the scenario. The same events give the same result."""
    began = rehearsed(events)
    assert began is not None
    regret: dict[str, float] = {}
    for loss in debrief.evidence.regret.losses:
        regret[loss.cause] = round(regret.get(loss.cause, 0.0) + loss.seconds, 1)
    score = debrief.score
    return Result(
        trainee=trainee,
        scenario=began.scenario,
        stage=began.stage,
        at=at.astimezone(UTC).isoformat(),
        score=round(score.total, 1),
        failed=bool(score.failed),
        regret=regret,
        lost={mark.item: round(mark.lost, 1) for mark in score.weakest},
        events="\n".join(json.dumps(event_to_json(event)) for event in events),
    )
