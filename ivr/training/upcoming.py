"""What a trainee does best to rehearse next: what is assigned, then what comes back, then what is new."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol, get_args

from ivr.flow.rehearsal import Difficulty, Scenario
from ivr.training.progress import Attempted

__all__ = ["Assigned", "Past", "Upcoming", "Why", "mastered_since", "upcoming"]

Why = Literal["assigned", "due", "new", "later"]
"""In the order in which scenarios come; `later` are those that are not due yet."""
_ORDER: tuple[Why, ...] = get_args(Why)


class Assigned(Protocol):
    """A scenario to be mastered, by the end of day `due` if there is one; set at `at`."""

    @property
    def scenario(self) -> str: ...

    @property
    def due(self) -> date | None: ...

    @property
    def at(self) -> datetime: ...


class Past(Attempted, Protocol):
    """An attempt, over at `at`: ISO 8601."""

    @property
    def at(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """A scenario, and why it is its turn.

    `due` is the day an assignment is due, or the moment the scenario comes back, ISO 8601. `last` and `best` are scores
    of 100; `cause` is what most seconds of the last attempt were lost by, `item` what most points.
    """

    scenario: str
    why: Why
    due: str | None = None
    overdue: bool = False
    attempts: int = 0
    last: float | None = None
    best: float | None = None
    cause: str | None = None
    item: str | None = None


def upcoming(
    scenarios: Mapping[str, Scenario],
    *,
    assigned: Sequence[Assigned],
    due: Mapping[str, datetime],
    past: Sequence[Past],
    bar: float,
    now: datetime,
) -> tuple[Upcoming, ...]:
    """Every scenario once, the next one first.

    `assigned` is in the order to be kept, `due` is when scenarios come back (at once, where that is not known of one
    that was tried), `past` are the trainee's attempts, oldest first; `bar` is the score, of 100, that masters.
    """
    tried = {each.scenario: datetime.fromisoformat(each.at) for each in past}
    queue = [*_assigned(assigned, past, bar, now), *_coming_back({**tried, **due}, now), *_new(scenarios, tried)]
    first: dict[str, Upcoming] = {}
    for each in sorted(queue, key=lambda each: _ORDER.index(each.why)):
        if each.scenario in scenarios:
            first.setdefault(each.scenario, each)
    return tuple(_with_past(each, [one for one in past if one.scenario == each.scenario]) for each in first.values())


def mastered_since(scenario: str, past: Iterable[Past], bar: float, since: datetime) -> bool:
    """Whether a scenario was mastered at or after `since`."""
    return any(
        each.scenario == scenario and each.score >= bar and not each.failed and datetime.fromisoformat(each.at) >= since
        for each in past
    )


def _assigned(assigned: Iterable[Assigned], past: Sequence[Past], bar: float, now: datetime) -> Iterable[Upcoming]:
    for each in assigned:
        if not mastered_since(each.scenario, past, bar, each.at):
            overdue = each.due is not None and each.due < now.date()
            due = each.due.isoformat() if each.due else None
            yield Upcoming(scenario=each.scenario, why="assigned", due=due, overdue=overdue)


def _coming_back(due: Mapping[str, datetime], now: datetime) -> Iterable[Upcoming]:
    for scenario, moment in sorted(due.items(), key=lambda item: (item[1], item[0])):
        yield Upcoming(scenario=scenario, why="due" if moment <= now else "later", due=moment.isoformat())


def _new(scenarios: Mapping[str, Scenario], tried: Container[str]) -> Iterable[Upcoming]:
    """The easy ones first."""
    ease = list(Difficulty)
    for name, _ in sorted(scenarios.items(), key=lambda item: (ease.index(item[1].difficulty), item[1].code)):
        if name not in tried:
            yield Upcoming(scenario=name, why="new")


def _with_past(what: Upcoming, past: Sequence[Past]) -> Upcoming:
    if not past:
        return what
    last = past[-1]
    return replace(
        what,
        attempts=len(past),
        last=last.score,
        best=max(each.score for each in past),
        cause=_most(last.regret),
        item=_most(last.lost),
    )


def _most(of: Mapping[str, float]) -> str | None:
    """The name with the highest value, if that is anything at all."""
    name = max(sorted(of), key=lambda each: of[each], default=None)
    return name if name is not None and of[name] > 0 else None
