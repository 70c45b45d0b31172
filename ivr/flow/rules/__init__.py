"""Rules over whole flows: what pydantic cannot see in a single value."""

from collections.abc import Callable, Iterator

from ivr.flow.rules.graph import dead_ends, nothing_to_return_to, rounds_of_flows, unreachable
from ivr.flow.rules.grounds import Grounds
from ivr.flow.rules.keys import endless_entries, key_conflicts
from ivr.flow.rules.ladders import bare_hang_ups, missing_ladders, silent_rounds
from ivr.flow.rules.names import names
from ivr.flow.rules.prompts import offered_keys, offered_words, placeholders
from ivr.flow.rules.secrets import weak_masks
from ivr.flow.rules.words import clashes
from ivr.flow.source import Problem
from ivr.flow.tree import Tree

__all__ = ["Grounds", "check_names", "check_tree"]

_TREE_RULES: tuple[Callable[[Grounds, Tree], Iterator[Problem]], ...] = (
    nothing_to_return_to,
    unreachable,
    dead_ends,
    missing_ladders,
    bare_hang_ups,
    silent_rounds,
    key_conflicts,
    endless_entries,
    weak_masks,
    placeholders,
    offered_keys,
    clashes,
    offered_words,
)


def check_names(grounds: Grounds) -> list[Problem]:
    """Whatever names something that is not there; the other rules need all names to hold."""
    return [*names(grounds), *rounds_of_flows(grounds)]


def check_tree(grounds: Grounds, tree: Tree) -> list[Problem]:
    """Everything wrong with one line and the shared flows it uses."""
    return [problem for rule in _TREE_RULES for problem in rule(grounds, tree)]
