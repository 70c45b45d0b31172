"""Plans for a scenario, and for a reason given in words."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache

from ivr.call.case import Case
from ivr.call.record import CallRecord
from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.flow.centre import ContactCentre
from ivr.flow.directory import e164
from ivr.training.routes.answers import Caller
from ivr.training.routes.choices import Ways
from ivr.training.routes.goal import Goal
from ivr.training.routes.planner import Planner
from ivr.training.routes.point import Pending, Point, Slot

__all__ = ["goal_open", "plan_for_scenario", "plans_of", "point_of"]


def plan_for_scenario(
    board: Switchboard, scenario: str, *, at: datetime | None = None, ways: Ways = "either", barge_in: bool = False
) -> Planner:
    """The plan of the caller a scenario tells of, at its time or another. Raises RecordError where there is no such
    scenario."""
    case = board.case(scenario)
    at = (at or case.scenario.at).astimezone(UTC)
    return Planner(
        board,
        goal_open(board, case.departments, at),
        caller_of(case),
        at,
        ways=ways,
        barge_in=barge_in,
        twists=case.scenario.twists,
        numbers=case.scenario.numbers,
    )


@lru_cache(maxsize=2)
def plans_of(centre: ContactCentre) -> Callable[..., Planner]:
    """`plan(scenario)` at its own time, or `plan(scenario, scene)`, the scene being a time in ISO 8601.

    Each plan is made once, for all coaches of a centre. Raises RecordError where there is no such scenario.
    """
    board = Switchboard(centre)
    planned = cache(lambda scenario, at: plan_for_scenario(board, scenario, at=at))

    def plan(scenario: str, scene: str = "") -> Planner:
        at = datetime.fromisoformat(scene) if scene else board.case(scenario).scenario.at
        return planned(scenario, at.astimezone(UTC))

    return plan


def caller_of(case: Case) -> Caller:
    """The member, with the facts of the case and the right numbers, and without what is not to hand."""
    return Caller(
        member=case.scenario.member,
        facts={name: fact.spoken for name, fact in case.facts.items()},
        lacks=frozenset(str(lack) for lack in case.scenario.lacks),
        numbers=tuple(each if each == CARD_BACK else e164(each) for each in case.scenario.numbers),
    )


def goal_open(board: Switchboard, departments: tuple[str, ...], at: datetime) -> Goal:
    """Those of `departments` that answer at `at`; where none does, a callback or a message is what can be had."""
    open_now = tuple(name for name in departments if board.centre.departments[name].is_open(at))
    return Goal(departments=open_now) if open_now else Goal(departments=departments, later=True)


def point_of(record: CallRecord) -> Point:
    """Where a call stands, as a route sees it."""
    pending = record.pending
    held = pending and pending.kind == "value" and Slot(pending.choice, pending.value, pending.shown)
    return Point(
        line=record.line,
        place=record.place,
        stack=tuple(record.stack),
        trail=tuple((place, tuple(stack)) for place, *stack in record.trail),
        member=record.member,
        slots=tuple(sorted(Slot(name, value, record.spoken.get(name, "")) for name, value in record.slots.items())),
        visits=tuple(sorted(record.visits.items())),
        asks=record.asks,
        failures=record.failures,
        limit_passed=record.limit_passed,
        no_inputs=record.no_inputs,
        no_matches=record.no_matches,
        closed=record.closed,
        pending=Pending(pending.kind, pending.choice, held or None, pending.member) if pending else None,
    )
