"""The fastest route takes exactly the seconds that were predicted, on every shipped line."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.call import Ended, Switchboard
from ivr.errors import NumberError
from ivr.flow.centre import load_centre, shipped_flows
from ivr.training.routes.answers import Caller
from ivr.training.routes.choices import Ways
from ivr.training.routes.deeds import Chosen, Escaped
from ivr.training.routes.goal import Goal
from ivr.training.routes.luck import Seeded
from ivr.training.routes.planner import Planner
from ivr.training.routes.planning import goal_open
from tests.conftest import TUESDAY_MORNING
from tests.training.routes_played import played

SUNDAY_NIGHT = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
LINES = sorted(flow.stem for flow in (shipped_flows() / "lines").glob("*.yaml"))
DEPARTMENTS = ("lost-stolen", "billing", "fraud", "business", "general")


def planned(
    board: Switchboard,
    department: str,
    *,
    at: datetime = TUESDAY_MORNING,
    ways: Ways = "either",
    barge_in: bool = False,
) -> Planner:
    caller = Caller(member="pat-sample")
    return Planner(board, Goal(departments=(department,)), caller, at, ways=ways, barge_in=barge_in)


@pytest.mark.parametrize(("ways", "barge_in"), [("either", False), ("keys", False), ("words", True)])
@pytest.mark.parametrize("line", LINES)
def test_a_route_takes_the_seconds_it_says(board: Switchboard, line: str, ways: Ways, barge_in: bool) -> None:
    department = DEPARTMENTS[LINES.index(line) % len(DEPARTMENTS)]
    planner = planned(board, department, ways=ways, barge_in=barge_in)
    try:
        route = planner.route(line, Seeded(7))
    except NumberError:
        assert ways == "keys"  # an open question, or a name for the operator, that no key answers
        return

    handset, _ = played(board, route, TUESDAY_MORNING, seed=7, barge_in=barge_in)

    ended = handset.turn.then
    assert isinstance(ended, Ended)
    assert (ended.outcome, ended.department) == ("connected", department)
    assert ended.seconds == pytest.approx(route.seconds, abs=0.001)


@pytest.mark.parametrize("line", ["fraud", "personal", "corporate-applications"])
def test_at_night_a_route_knows_who_is_closed(board: Switchboard, line: str) -> None:
    planner = Planner(board, goal_open(board, ("billing",), SUNDAY_NIGHT), Caller(member="pat-sample"), SUNDAY_NIGHT)

    route = planner.route(line, Seeded(3))
    handset, _ = played(board, route, SUNDAY_NIGHT, seed=3)

    ended = handset.turn.then
    assert isinstance(ended, Ended)
    assert (ended.outcome, ended.department) == ("callback", "billing")
    assert ended.seconds == pytest.approx(route.seconds, abs=0.001)


def test_the_mean_of_many_calls_is_what_is_expected(board: Switchboard) -> None:
    planner = planned(board, "rewards")

    seconds = [planner.route("rewards", Seeded(seed)).seconds for seed in range(300)]

    assert sum(seconds) / 300 == pytest.approx(planner.route("rewards").seconds, rel=0.03)


def test_no_number_is_quicker_than_the_first(board: Switchboard) -> None:
    routes = planned(board, "travel").routes()

    assert [route.seconds for route in routes] == sorted(route.seconds for route in routes)
    assert routes[0].seconds == pytest.approx(planned(board, "travel").best_seconds)


SHAPE = """\
flow: shaped
title: A shape
start: top
main_menu: top
help: Press a key.
escape: {policy: nth_ask, ask: 3, chance: 0.5, to: agent, refusals: ["No.", "Still no."]}
limit: {failures: 9, then: agent}
no_input: {reprompts: [Hello?], then: agent}
no_match: {reprompts: [Sorry?], then: agent}
nodes:
  top:
    kind: menu
    links: off
    prompt: For a long story, press 1.
    options: [{keys: "1", says: [long story], to: story}]
  story: {kind: say, prompt: "%s", then: travel}
  travel: {kind: transfer, department: general, prompt: Wait.}
  agent: {kind: transfer, department: general}
"""


@pytest.fixture
def shaped(folder_with: Callable[..., Path]) -> Callable[[int], Planner]:
    """A line where the menu's way takes so many words, and an ask is honoured by chance, or at the third."""

    def made(words: int) -> Planner:
        centre = load_centre(folder_with(lines__shaped=SHAPE % " ".join(["word"] * words)), rules=False)
        goal = Goal(departments=("general",))
        return Planner(
            Switchboard(centre), goal, Caller(member=next(iter(centre.members))), TUESDAY_MORNING, ways="keys"
        )

    return made


def test_asking_is_weighed_by_its_chance(shaped: Callable[[int], Planner]) -> None:
    assert [step.deed for step in shaped(3).route("shaped").steps] == [Chosen("press_1")]
    assert isinstance(shaped(60).route("shaped").steps[0].deed, Escaped)


def test_expected_asks_are_those_of_the_policy(shaped: Callable[[int], Planner]) -> None:
    """Half are put through at once, a quarter at the second ask, and the rest at the third."""
    planner = shaped(60)
    first = planner.begin("shaped").heard
    ask, refusal, again = 0.5, (0.72, 1.09), 2.57

    expected = first + ask + 0.5 * (refusal[0] + again + ask) + 0.25 * (refusal[1] + again + ask)
    wait = planner.ground.holds.seconds("shaped", "general", 0)

    assert planner.route("shaped").seconds == pytest.approx(expected + wait, abs=0.02)


def test_a_goal_that_no_number_leads_to_is_refused(board: Switchboard) -> None:
    with pytest.raises(NumberError, match="no way leads from roadside to nowhere"):
        planned(board, "nowhere").route("roadside")
