"""A rehearsal as a scorecard looks at it: the case, the events, and the seconds lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, takewhile
from typing import TypeVar

from ivr.call.case import Case
from ivr.call.events import (
    Arrived,
    CallbackTaken,
    Confirming,
    Connected,
    Dialled,
    EscapeAsked,
    Event,
    Heard,
    LineChanged,
    MessageLeft,
    NoteTaken,
    NotUnderstood,
    ReasonGiven,
    RehearsalBegan,
    Silent,
    SupervisorAsked,
    UniversalAsked,
)
from ivr.call.switchboard import Switchboard
from ivr.errors import RecordError
from ivr.flow.nodes import Collect
from ivr.training.own_time import in_own_time, is_timed
from ivr.training.regret import Regret, regret_of
from ivr.training.routes.planner import Planner
from ivr.training.routes.planning import plan_for_scenario

__all__ = ["Evidence", "evidence_of", "rehearsed"]

ANSWERS = (Heard, Confirming, UniversalAsked, EscapeAsked, MessageLeft, CallbackTaken)
"""What a line can go on with."""
MISSES = (NotUnderstood, Silent)
"""What it cannot go on with."""

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """One rehearsal. `events` are all of the call, in order; `timed` is False where their times had to be counted."""

    scenario: str
    stage: str
    trainee: str | None
    case: Case
    events: tuple[Event, ...]
    planner: Planner
    regret: Regret
    timed: bool = True

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

    @property
    def left_word(self) -> bool:
        """Whether the call reached its goal without anybody answering: a callback, or a message."""
        return self.answered is None and self.regret.reached

    @property
    def told(self) -> ReasonGiven | None:
        """When a person first knew why the caller calls."""
        return next((event for event in self.all(ReasonGiven) if event.right), None)

    @property
    def spoke(self) -> bool:
        """Whether the caller said anything at all."""
        return any(getattr(event, "by", "") == "speech" for event in self.events)

    @property
    def only_keyed(self) -> bool:
        """Whether the caller answered people with keys, and with keys only."""
        with_people = list(dropwhile(lambda event: not isinstance(event, Connected), self.events))
        ways = {getattr(event, "by", "") for event in with_people if not isinstance(event, NoteTaken)}
        return "keys" in ways and "speech" not in ways

    @property
    def steered(self) -> float:
        """The share, 0 to 1, of what the caller was asked on the way that got an answer to go on with."""
        answered = [event for event in self._way if isinstance(event, ANSWERS)]
        asked = len(answered) + len(self.missed)
        return len(answered) / asked if asked else 1.0

    @property
    def missed(self) -> tuple[NotUnderstood | Silent, ...]:
        """What came on the way that a line cannot go on with."""
        return tuple(event for event in self._way if isinstance(event, MISSES) and not self._muffled(event))

    @property
    def entries(self) -> tuple[Heard | NotUnderstood | Silent, ...]:
        """What came where a machine asked for a number or a word to be entered."""
        found: list[Heard | NotUnderstood | Silent] = []
        line = self.planner.board.centre.directory.lobby
        for event in self._way:
            if isinstance(event, (Arrived, Dialled, LineChanged)):
                line = event.line
            elif isinstance(event, (Heard, *MISSES)) and self._collects(line, event) and not self._muffled(event):
                found.append(event)
        return tuple(found)

    @property
    def _way(self) -> Iterator[Event]:
        """From the number that was dialled to the first person, or to the end."""
        start = self.events.index(self.dialled)
        return takewhile(lambda event: not isinstance(event, Connected), self.events[start:])

    def _collects(self, line: str, event: Event) -> bool:
        return isinstance(self.planner.ground.terrain(line).tree.nodes.get(event.place), Collect)

    def _muffled(self, event: Event) -> bool:
        """Whether it was the line that was not up to it: nobody is to blame then."""
        spoken = isinstance(event, NotUnderstood) and event.by == "speech"
        return spoken and bool(self.case.scenario.twists.muffled)

    def wants_supervisor(self, event: SupervisorAsked) -> bool:
        """Whether one was needed, and could know what for."""
        return event.needed and self.told is not None and self.told.at <= event.at

    def seconds(self, event: Event) -> float:
        """When an event happened, in seconds after the call came in."""
        return (event.at - self.events[0].at).total_seconds()


def rehearsed(events: Sequence[Event]) -> RehearsalBegan | None:
    """What a call rehearses, if anything."""
    return next((event for event in events if isinstance(event, RehearsalBegan)), None)


def _scene(began: RehearsalBegan) -> datetime | None:
    return datetime.fromisoformat(began.scene) if began.scene else None


def evidence_of(board: Switchboard, events: Sequence[Event], planner: Planner | None = None) -> Evidence:
    """A call as a scorecard looks at it. Raises RecordError where it rehearses nothing, or a scenario gone since."""
    began = rehearsed(events)
    if began is None:
        raise RecordError("this call rehearses no scenario, so there is nothing to score")
    planned = planner or plan_for_scenario(board, began.scenario, at=_scene(began))
    timed = is_timed(events)
    happened = tuple(events) if timed else in_own_time(events)
    return Evidence(
        scenario=began.scenario,
        stage=began.stage,
        trainee=began.trainee,
        case=board.case(began.scenario),
        events=happened,
        planner=planned,
        regret=regret_of(planned, happened),
        timed=timed,
    )
