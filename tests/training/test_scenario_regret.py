"""Regret in every scenario, twists and all: never below 0, none for the best way, and the split adds up."""

from collections.abc import Sequence
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call import CallSession, Switchboard
from ivr.call.earpiece import Earpiece
from ivr.call.events import Connected, Event
from ivr.call.handset import VirtualClock
from ivr.call.record import Rehearsal
from ivr.training.callers import Act, HangUp, Press, Say, Temper, Wait, caller_of, play
from ivr.training.callers.planning import plan_of
from ivr.training.callers.playing import Caller
from ivr.training.regret import Cause, Regret, regret_of
from ivr.training.routes.luck import Seeded
from ivr.training.routes.planner import Route
from tests.centre import shipped_centre
from tests.training.callers_at_random import Whim, whims
from tests.training.rehearsing import planner_of

BOARD = Switchboard(shipped_centre(), debriefs=False)
SCENARIOS = list(BOARD.centre.scenarios)
MUFFLED = [name for name, scenario in BOARD.centre.scenarios.items() if scenario.twists.muffled]
SPOKEN = ("activation-noisy", "1-800-528-2122")
"""A bad line, and a number from where the best way has to be spoken."""


def called(name: str, dialled: str, caller: Caller, seed: int) -> list[Event]:
    """A rehearsal without the lobby, at the scenario's own time."""
    scenario = BOARD.centre.scenarios[name]
    clock = VirtualClock(scenario.at.astimezone(UTC))
    rehearsal = Rehearsal(scenario=name, scene=scenario.at.isoformat())
    session = CallSession.arriving(BOARD, dialled, call_id="CA1", seed=seed, clock=clock, rehearsal=rehearsal)
    play(caller, Earpiece(session, clock))
    return session.events


def prepared(name: str, dialled: str, seed: int) -> Caller:
    return caller_of(Temper.PREPARED, plan_of(planner_of(BOARD, name), name, dialled, seed=seed))


class Does:
    """Does what is on a list, waits while on hold, and hangs up then."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self.left = list(acts)

    def act(self, heard: str, on_hold: bool) -> Act:
        if on_hold:
            return Wait()
        return self.left.pop(0) if self.left else HangUp()


def done(whims: Sequence[Whim]) -> Does:
    acts: dict[str, type[Press] | type[Say]] = {"press": Press, "say": Say}
    return Does([acts[does](what) if does in acts else Wait() for does, what, _ in whims])


def adds_up(regret: Regret) -> None:
    whole = regret.best + regret.lost + regret.chance - regret.saved
    assert regret.spent + regret.again == pytest.approx(whole, abs=1e-6)
    assert regret.saved >= 0
    assert all(loss.seconds > 0 for loss in regret.losses)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_best_call_to_the_best_number_has_none(name: str, seed: int) -> None:
    planner = planner_of(BOARD, name)
    best = min(planner.numbers, key=planner.seconds)

    regret = regret_of(planner, called(name, best, prepared(name, best, seed), seed))

    assert regret.losses == ()
    assert regret.saved == pytest.approx(0, abs=0.001)
    assert regret.reached
    adds_up(regret)


@pytest.mark.parametrize("name", MUFFLED)
@settings(max_examples=10, deadline=None)
@given(whims=whims, seed=st.integers(0, 99), number=st.integers(0, 1))
def test_on_a_bad_line_any_call_is_split_without_a_rest(name: str, whims: list[Whim], seed: int, number: int) -> None:
    planner = planner_of(BOARD, name)

    adds_up(regret_of(planner, called(name, planner.numbers[number], done(whims), seed)))


@pytest.mark.parametrize("seed", range(1, 7))
def test_words_that_a_bad_line_swallows_are_chance(seed: int) -> None:
    name, number = SPOKEN
    planner = planner_of(BOARD, name)

    regret = regret_of(planner, called(name, number, prepared(name, number, seed), seed))

    assert {loss.cause for loss in regret.losses} <= {Cause.WRONG_NUMBER}
    adds_up(regret)


def test_speaking_on_a_bad_line_where_a_key_would_do_costs_what_it_is_expected_to() -> None:
    """It is no more where the words came badly, and no less where they came well."""
    name, number, same_as_3 = "redeem", "1-800-AXP-EARN", Say("missing points")
    lost = []
    for seed in (1, 2, 3):
        regret = regret_of(planner_of(BOARD, name), called(name, number, Does([same_as_3]), seed))
        lost.append(regret.by_cause[Cause.NO_MATCH])
        adds_up(regret)

    assert lost[0] > 1
    assert lost == [pytest.approx(lost[0])] * 3


def test_what_is_expected_of_a_bad_line_is_the_mean_of_many_calls() -> None:
    name, number = SPOKEN
    planner = planner_of(BOARD, name)

    seconds = [planner.route(number, Seeded(seed)).seconds for seed in range(300)]

    assert sum(seconds) / 300 == pytest.approx(planner.route(number).seconds, rel=0.03)


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_route_on_a_bad_line_takes_the_seconds_it_says(seed: int) -> None:
    name, number = SPOKEN
    route = planner_of(BOARD, name).route(number, Seeded(seed))

    events = called(name, number, Does(acts_of(route)), seed)

    answered = next(event for event in events if isinstance(event, Connected))
    assert (answered.at - events[0].at).total_seconds() == pytest.approx(route.seconds, abs=0.001)


def acts_of(route: Route) -> list[Act]:
    return [
        Press(step.action.what or "#") if step.action.way == "keys" else Say(step.action.what) for step in route.steps
    ]
