"""Keys: none bound twice, none the beginning of another, and every entry of keys comes to an end."""

from collections.abc import Iterator

from ivr.flow.nodes import Collect, Entry, Menu
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Loc, Problem
from ivr.flow.tree import Place, Tree

_OPEN_ENDED = (Entry.DIGITS, Entry.NUMBER, Entry.ALPHANUMERIC)


def key_conflicts(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """Two ways out that the same keys would choose."""
    for place, node in tree.nodes.items():
        if isinstance(node, Menu):
            bound: dict[str, str] = {}
            for keys, owner, loc in _bindings(tree, place, node):
                problem = _conflict(bound, keys, owner)
                if problem:
                    yield grounds.at(place, loc, problem)
                bound.setdefault(keys, owner)


def _bindings(tree: Tree, place: Place, node: Menu) -> Iterator[tuple[str, str, Loc]]:
    for universal, binding in tree.universals(place).items():
        if binding.keys is not None:
            yield binding.keys, f"the universal {universal}", ("universals", universal, "keys")
    for index, option in enumerate(node.options):
        if option.keys is not None:
            yield option.keys, f"option {index + 1}", ("options", index, "keys")


def _conflict(bound: dict[str, str], keys: str, owner: str) -> str | None:
    if keys in bound:
        return f"{owner} is bound to {keys}, which is {bound[keys]} already"
    for other, holder in bound.items():
        if keys.startswith(other) or other.startswith(keys):
            short, long = sorted((keys, other), key=len)
            return f"{owner} on {keys} and {holder} on {other}: {short} starts {long}, so {long} could never be keyed"
    return None


def endless_entries(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """An entry that neither a length nor a finish key ends would wait for its time-out every time."""
    for place, node in tree.nodes.items():
        if not isinstance(node, Collect):
            continue
        if node.entry in _OPEN_ENDED and node.digits is None and node.finish_key == "none":
            yield grounds.at(place, ("finish_key",), "nothing ends this entry, expected a length or a finish_key")
        if node.digits is not None and node.length is not None and node.digits != node.length:
            what = f"an entry of {node.entry} always has {node.digits.min} digits; leave the key 'length' out"
            yield grounds.at(place, ("length",), what)
