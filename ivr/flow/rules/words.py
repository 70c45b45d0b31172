"""Words: no two ways out answer to the same."""

from collections.abc import Iterator

from ivr.flow.moves import option_event
from ivr.flow.nodes import Menu
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Loc, Problem
from ivr.flow.tree import Tree
from ivr.flow.words import UNIVERSAL


def clashes(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A phrase that another way out of the same menu would answer as well."""
    for place, node in tree.nodes.items():
        if isinstance(node, Menu):
            for clash in grounds.hearing(tree, place).clashes():
                option, other = _named(node, clash.option), _named(node, clash.other)
                what = f"'{clash.phrase}' would be answered by {option} and by {other} alike"
                yield grounds.at(place, _loc(node, clash.option), what)


def _named(node: Menu, event: str) -> str:
    for index, option in enumerate(node.options):
        if option_event(option, index) == event:
            return f"option {index + 1}"
    return f"the universal {event.removeprefix(UNIVERSAL)}" if event.startswith(UNIVERSAL) else f"the link {event[5:]}"


def _loc(node: Menu, event: str) -> Loc:
    for index, option in enumerate(node.options):
        if option_event(option, index) == event:
            return ("options", index, "says" if option.says else "topic")
    return ()
