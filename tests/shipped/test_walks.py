"""Every node and every option of the shipped trees is reached, by keys and by words."""

from datetime import UTC, datetime
from functools import cache

import pytest

from ivr.flow.centre import shipped_flows
from ivr.flow.moves import option_event
from ivr.flow.nodes import Menu
from tests.centre import shipped_board
from tests.conftest import TUESDAY_MORNING
from tests.shipped.walks import Explored, explore, option_events

SUNDAY_NIGHT = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
LINES = sorted(flow.stem for flow in (shipped_flows() / "lines").glob("*.yaml"))


@cache
def explored(line: str, by: str, now: datetime) -> Explored:
    """What can be reached on a line at a time, from its start and from every door of the directory."""
    whole = Explored()
    for place in (None, *shipped_board().centre.tree(line).doors):
        found = explore(shipped_board(), line, place, by, now)
        whole.places |= found.places
        whole.chosen |= found.chosen
        whole.edges += found.edges
    return whole


def places(line: str, by: str) -> set[str]:
    """The places that are reached by day or by night."""
    return explored(line, by, TUESDAY_MORNING).places | explored(line, by, SUNDAY_NIGHT).places


def chosen(line: str, by: str) -> set[tuple[str, str]]:
    """What is understood by day or by night."""
    return explored(line, by, TUESDAY_MORNING).chosen | explored(line, by, SUNDAY_NIGHT).chosen


@pytest.fixture(scope="module", params=LINES)
def line(request: pytest.FixtureRequest) -> str:
    """A line: all of its tests in a row, so that it is explored once."""
    return str(request.param)


@pytest.mark.parametrize("by", ["keys", "words"])
def test_every_node_of_a_line_is_reached(line: str, by: str) -> None:
    wanted = {f"{line}.{name}" for name in shipped_board().centre.flows[line].nodes}
    passed = places(line, by)
    silent = {
        place
        for place in wanted
        if shipped_board().centre.tree(line).nodes[place].kind in ("decide", "enter", "return", "dial")
    }

    assert wanted - passed - silent == set()


def test_every_keyed_option_is_taken(line: str) -> None:
    tree = shipped_board().centre.tree(line)
    wanted = {
        (place, option_event(option, index))
        for place, node in tree.nodes.items()
        if isinstance(node, Menu) and place in places(line, "keys")
        for index, option in enumerate(node.options)
        if option.keys
    }

    assert wanted - chosen(line, "keys") == set()


def test_every_spoken_option_is_taken(line: str) -> None:
    tree = shipped_board().centre.tree(line)
    wanted = {
        (place, event)
        for place, node in tree.nodes.items()
        if isinstance(node, Menu) and place in places(line, "words")
        for event in option_events(tree, shipped_board(), place)
    }

    assert wanted - chosen(line, "words") == set()


@pytest.mark.parametrize("by", ["keys", "words"])
def test_every_shared_node_is_reached_from_some_line(by: str) -> None:
    shared = [flow for flow in shipped_board().centre.flows.values() if flow.kind == "shared"]
    wanted = {
        f"{flow.flow}.{name}"
        for flow in shared
        for name, node in flow.nodes.items()
        if node.kind not in ("decide", "enter", "return")
    }
    passed = {place for line in LINES for place in places(line, by)}

    assert wanted - passed == set()
