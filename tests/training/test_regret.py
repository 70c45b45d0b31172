"""Regret is never below 0, the best route has none, and the split adds up to the whole."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call import CallSession
from ivr.call.events import Event, event_from_json, event_to_json
from ivr.call.handset import Handset, VirtualClock
from ivr.training.regret import Cause, Regret, regret_of
from ivr.training.routes.answers import Caller
from ivr.training.routes.goal import Goal
from ivr.training.routes.luck import Seeded
from ivr.training.routes.planner import Planner
from tests.centre import shipped_board
from tests.conftest import TUESDAY_MORNING
from tests.training.callers_at_random import Whim, called, whims
from tests.training.routes_played import played
from tests.training.test_routes import LINES

GOALS = ("lost-stolen", "billing", "fraud", "rewards")


@cache
def planner(department: str, barge_in: bool = False) -> Planner:
    goal = Goal(departments=(department,))
    return Planner(shipped_board(), goal, Caller(member="pat-sample"), TUESDAY_MORNING, barge_in=barge_in)


def adds_up(regret: Regret) -> None:
    whole = regret.best + regret.lost + regret.chance - regret.saved
    assert regret.spent + regret.again == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize("line", LINES)
@settings(max_examples=6, deadline=None)
@given(
    whims=whims,
    seed=st.integers(0, 99),
    goal=st.sampled_from(GOALS[:2]),
    patient=st.booleans(),
    barge_in=st.booleans(),
)
def test_a_random_call_is_split_without_a_rest(
    line: str, whims: list[Whim], seed: int, goal: str, patient: bool, barge_in: bool
) -> None:
    events = called(shipped_board(), line, TUESDAY_MORNING, whims, seed=seed, patient=patient, barge_in=barge_in)

    regret = regret_of(planner(goal, barge_in), events)

    assert all(loss.seconds > 0 for loss in regret.losses)
    assert regret.saved >= 0
    assert regret.reached is any(
        getattr(event, "department", "") == goal for event in events if event.kind == "connected"
    )
    adds_up(regret)


@pytest.mark.parametrize("barge_in", [False, True])
@pytest.mark.parametrize("goal", GOALS)
def test_the_best_call_has_none(goal: str, barge_in: bool) -> None:
    planned = planner(goal, barge_in)
    best = min(planned.numbers, key=planned.seconds)
    for seed in range(4):
        _, events = played(
            shipped_board(), planned.route(best, Seeded(seed)), TUESDAY_MORNING, seed=seed, barge_in=barge_in
        )

        regret = regret_of(planned, events)

        assert regret.losses == ()
        assert regret.saved == pytest.approx(0, abs=0.001)
        assert regret.reached
        adds_up(regret)


def test_events_from_a_file_tell_the_same() -> None:
    events = called(
        shipped_board(), "personal", TUESDAY_MORNING, CASES["wrong turn"][1], seed=1, patient=True, barge_in=False
    )
    stored = [event_from_json(event_to_json(event)) for event in events]

    assert regret_of(planner("billing"), stored) == regret_of(planner("billing"), events)


CASES: dict[str, tuple[str, list[Whim], Cause, str]] = {
    "wrong number": ("international", [("say", "billing", 1.0)], Cause.WRONG_NUMBER, "billing"),
    "wrong turn": ("personal", [("press", "3", 0.0), ("say", "billing", 1.0)], Cause.WRONG_TURN, "billing"),
    "silence": ("personal", [("wait", "", 0.0), ("say", "travel", 1.0)], Cause.NO_INPUT, "travel"),
    "not understood": ("personal", [("say", "purple monkey", 1.0), ("say", "travel", 1.0)], Cause.NO_MATCH, "travel"),
    "unclear": ("personal", [("say", "travel", 0.5), ("say", "yes", 1.0)], Cause.NO_MATCH, "travel"),
    "random keys": ("personal", [("press", "9", 0.0), ("say", "travel", 1.0)], Cause.RANDOM_KEYS, "travel"),
    "refused": ("personal", [("press", "0", 0.0), ("say", "travel", 1.0)], Cause.REFUSED_ESCAPE, "travel"),
    "searching": (
        "roadside",
        [("press", "2", 0.0), ("press", "378282246310005", 4.0), ("say", "roadside", 1.0), ("wait", "", 0.0)],
        Cause.SEARCHING,
        "roadside",
    ),
    "long answer": ("personal", [("say", "I would like to talk about travel", 1.0)], Cause.ANSWERING, "travel"),
    "heard again": ("personal", [("say", "repeat", 1.0), ("say", "travel", 1.0)], Cause.LISTENING, "travel"),
}


@pytest.mark.parametrize(("line", "does", "cause", "goal"), CASES.values(), ids=CASES)
def test_each_cause_is_told_apart(line: str, does: list[Whim], cause: Cause, goal: str) -> None:
    events = called(shipped_board(), line, TUESDAY_MORNING, does, seed=2, patient=True, barge_in=False)

    regret = regret_of(planner(goal), events)

    assert regret.by_cause.get(cause, 0) > 1.0
    adds_up(regret)


def test_waiting_for_the_wrong_department_is_a_hold_and_another_call() -> None:
    events = called(
        shipped_board(), "personal", TUESDAY_MORNING, [("press", "1", 0.0)], seed=1, patient=True, barge_in=False
    )

    regret = regret_of(planner("billing"), events)

    assert not regret.reached
    assert regret.again == planner("billing").again
    assert regret.by_cause[Cause.HOLD] > 10
    assert regret.by_cause[Cause.WRONG_TURN] > 10


def test_hanging_up_costs_another_call() -> None:
    events = called(shipped_board(), "personal", TUESDAY_MORNING, [], seed=1, patient=False, barge_in=False)

    regret = regret_of(planner("billing"), events)

    assert regret.by_cause[Cause.HUNG_UP] > 10


def test_poking_a_hold_is_a_loss() -> None:
    clock = VirtualClock(TUESDAY_MORNING)
    session = CallSession.arriving(shipped_board(), "lost-stolen", call_id="CA1", seed=1, clock=clock)
    handset = Handset(session, clock, lambda turn: None)
    handset.press("0")
    handset.press("777")
    handset.wait_out_hold()

    assert regret_of(planner("lost-stolen"), events_of(session)).by_cause[Cause.HOLD] > 1


def events_of(session: CallSession) -> list[Event]:
    return session.events
