"""A rehearsal as a scorecard looks at it: the case, the events, and the seconds lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ivr.call.case import Case
from ivr.call.events import Arrived, Connected, Dialled, Event, RehearsalBegan
from ivr.call.switchboard import Switchboard
from ivr.errors import RecordError
from ivr.training.regret import Regret, regret_of
from ivr.training.routes.planner import Planner
from ivr.training.routes.planning import plan_for_scenario

__all__ = ["Evidence", "evidence_of", "rehearsed"]

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """One rehearsal. `events` are all of the call, in order."""

    scenario: str
    stage: str
    trainee: str | None
    case: Case
    events: tuple[Event, ...]
    planner: Planner
    regret: Regret

    def all(self, kind: type[E]) -> Iterator[E]:
        """Every event of a kind."""
        return (event for event in self.events if isinstance(event, kind))

    def first(self, kind: type[E]) -> E | None:
        """The first event of a kind."""
        return next(self.all(kind), None)

    @property
    def dialled(self) -> Arrived | Dialled:
        """The number that was dialled, in the end."""
        found = [event for event in self.events if isinstance(event, (Arrived, Dialled))]
        return found[-1]

    @property
    def answered(self) -> Connected | None:
        """The first department that answered."""
        return self.first(Connected)

    def seconds(self, event: Event) -> float:
        """When an event happened, in seconds after the call came in."""
        return (event.at - self.events[0].at).total_seconds()


def rehearsed(events: Sequence[Event]) -> RehearsalBegan | None:
    """What a call rehearses, if anything."""
    return next((event for event in events if isinstance(event, RehearsalBegan)), None)


def evidence_of(board: Switchboard, events: Sequence[Event], planner: Planner | None = None) -> Evidence:
    """A call as a scorecard looks at it. Raises RecordError where it rehearses nothing, or a scenario gone since."""
    began = rehearsed(events)
    if began is None:
        raise RecordError("this call rehearses no scenario, so there is nothing to score")
    planned = planner or plan_for_scenario(board, began.scenario)
    return Evidence(
        scenario=began.scenario,
        stage=began.stage,
        trainee=began.trainee,
        case=board.case(began.scenario),
        events=tuple(events),
        planner=planned,
        regret=regret_of(planned, events),
    )
