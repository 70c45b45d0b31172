"""Whole-graph rules: everything can be reached, and everything leads to an end."""

from collections.abc import Iterator
from functools import lru_cache

import igraph

from ivr.flow.moves import Cause
from ivr.flow.nodes import Enter
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Problem
from ivr.flow.tree import ENDS, Tree
from ivr.flow.walks import Walk, walk


@lru_cache(maxsize=4)
def walked(tree: Tree) -> Walk:
    """Everywhere calls on `tree` can go; the rules share one walk."""
    return walk(tree, (tree.start, *tree.doors))


def rounds_of_flows(grounds: Grounds) -> Iterator[Problem]:
    """A shared flow that enters itself, directly or through others, would never come back."""
    flows = list(grounds.flows)
    entered = {
        (flow.flow, node.flow): name
        for flow in grounds.flows.values()
        for name, node in flow.nodes.items()
        if isinstance(node, Enter) and node.flow in grounds.flows
    }
    edges = [(flows.index(source), flows.index(target)) for source, target in entered]
    groups = igraph.Graph(n=len(flows), edges=edges, directed=True).connected_components(mode="strong").membership
    for (source, target), name in entered.items():
        if groups[flows.index(source)] == groups[flows.index(target)]:
            what = f"entering {target} here leads round to {source} again, so the call could never come back"
            yield grounds.problem(source, ("nodes", name, "flow"), what)


def nothing_to_return_to(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A return node that can be reached without its flow having been entered."""
    for place in dict.fromkeys(spot.place for spot in walked(tree).stranded):
        what = f"{tree.line.flow} can jump here, and then there is nothing to return to; enter the flow instead"
        yield grounds.at(place, (), what)


def unreachable(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """Nodes of the line that no call can come to."""
    for name in tree.line.nodes:
        if f"{tree.line.flow}.{name}" not in walked(tree).places:
            yield grounds.problem(tree.line.flow, ("nodes", name), f"no call can come to the node '{name}'")


def dead_ends(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """Nodes from which no end can be reached, but by hanging up."""
    whole = walked(tree)
    graph = whole.graph(lambda step: step.move.cause is not Cause.HANG_UP)
    ends = [number for spot, number in whole.index.items() if spot.place in ENDS]
    graph.add_vertices(1)
    graph.add_edges([(end, graph.vcount() - 1) for end in ends])
    leading = set(graph.subcomponent(graph.vcount() - 1, mode="in"))
    stuck = [spot.place for spot, number in whole.index.items() if number not in leading]
    for place in dict.fromkeys(stuck):
        if place not in ENDS and not any(spot.place == place for spot in whole.stranded):
            yield grounds.at(place, (), f"from the node '{place.partition('.')[2]}' the call can never end")
