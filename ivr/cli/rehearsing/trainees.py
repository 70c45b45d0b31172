"""What the store knows of who rehearses. Imported only where a trainee is named: the store makes the start slow."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ivr.call.events import Event
from ivr.cli.queueing import queue_for, reason
from ivr.cli.teaching import mastery, open_store, open_teaching
from ivr.errors import StoreError
from ivr.flow.centre import ContactCentre
from ivr.teaching.attempts import Attempts
from ivr.training.coach import TrainingCoach

__all__ = ["check_known", "keep_attempt", "next_for"]


def check_known(trainee: str) -> None:
    """Raises StoreError where there is no such trainee."""
    if trainee not in dict(open_teaching().roll()):
        raise StoreError(f"there is no trainee '{trainee}': `ivr trainee add` makes one, `ivr trainee list` shows all")


def next_for(centre: ContactCentre, trainee: str) -> tuple[str, str]:
    """The code of the scenario that is next, and a line that says which and why."""
    first, *_ = queue_for(open_store(), trainee, centre.scenarios, bar=mastery(None), now=datetime.now(UTC))
    scenario = centre.scenarios[first.scenario]
    return scenario.code, f"Next for {trainee}: {scenario.code}  {scenario.title} ({reason(first)})"


def keep_attempt(coach: TrainingCoach, events: Sequence[Event]) -> None:
    """For `ivr results`."""
    Attempts(teaching=open_teaching(), coach=coach).keep_events(events, datetime.now(UTC))
