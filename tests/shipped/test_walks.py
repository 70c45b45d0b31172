"""Every node and every option of the shipped trees is reached, by keys and by words."""

from datetime import UTC, datetime
from functools import lru_cache

import pytest

from ivr.call import Switchboard
from ivr.flow.centre import load_centre, shipped_flows
from ivr.flow.moves import option_event
from ivr.flow.nodes import Menu
from tests.conftest import TUESDAY_MORNING
from tests.shipped.walks import Explored, explore, option_events

SUNDAY_NIGHT = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
LINES = sorted(flow.stem for flow in (shipped_flows() / "lines").glob("*.yaml"))


@lru_cache(maxsize=1)
def board() -> Switchboard:
    return Switchboard(load_centre())


@lru_cache(maxsize=64)
def explored(line: str, by: str) -> Explored:
    """What can be reached on a line by day and by night, from its start and from every door of the directory."""
    whole = Explored()
    doors = board().centre.tree(line).doors
    for now in (TUESDAY_MORNING, SUNDAY_NIGHT):
        for place in (None, *doors):
            found = explore(board(), line, place, by, now)
            whole.places |= found.places
            whole.chosen |= found.chosen
            whole.edges += found.edges
    return whole


@pytest.mark.parametrize("by", ["keys", "words"])
@pytest.mark.parametrize("line", LINES)
def test_every_node_of_a_line_is_reached(line: str, by: str) -> None:
    wanted = {f"{line}.{name}" for name in board().centre.flows[line].nodes}
    passed = explored(line, by).places
    silent = {
        place
        for place in wanted
        if board().centre.tree(line).nodes[place].kind in ("decide", "enter", "return", "dial")
    }

    assert wanted - passed - silent == set()


@pytest.mark.parametrize("line", LINES)
def test_every_keyed_option_is_taken(line: str) -> None:
    tree = board().centre.tree(line)
    wanted = {
        (place, option_event(option, index))
        for place, node in tree.nodes.items()
        if isinstance(node, Menu) and place in explored(line, "keys").places
        for index, option in enumerate(node.options)
        if option.keys
    }

    assert wanted - explored(line, "keys").chosen == set()


@pytest.mark.parametrize("line", LINES)
def test_every_spoken_option_is_taken(line: str) -> None:
    tree = board().centre.tree(line)
    wanted = {
        (place, event)
        for place, node in tree.nodes.items()
        if isinstance(node, Menu) and place in explored(line, "words").places
        for event in option_events(tree, board(), place)
    }

    assert wanted - explored(line, "words").chosen == set()


@pytest.mark.parametrize("by", ["keys", "words"])
def test_every_shared_node_is_reached_from_some_line(by: str) -> None:
    shared = [flow for flow in board().centre.flows.values() if flow.kind == "shared"]
    wanted = {
        f"{flow.flow}.{name}"
        for flow in shared
        for name, node in flow.nodes.items()
        if node.kind not in ("decide", "enter", "return")
    }
    passed = {place for line in LINES for place in explored(line, by).places}

    assert wanted - passed == set()
