"""What must never be kept or read aloud, whatever a flow says."""

from collections.abc import Iterator

from ivr.flow.nodes import LEAST_MASK, Collect, Mask
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Problem
from ivr.flow.tree import Tree

_STRENGTH = list(Mask)


def weak_masks(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A mask weaker than the entry's least, or a hidden entry that would be read back."""
    for place, node in tree.nodes.items():
        if not isinstance(node, Collect):
            continue
        least = LEAST_MASK.get(node.entry, Mask.NONE)
        if _STRENGTH.index(node.masked) < _STRENGTH.index(least):
            allowed = ", ".join(_STRENGTH[_STRENGTH.index(least) :])
            what = f"an entry of {node.entry} may not be kept with mask {node.masked}, expected one of {allowed}"
            yield grounds.at(place, ("mask",), what)
        if node.confirm is not None and node.masked is Mask.HIDDEN:
            yield grounds.at(place, ("confirm",), "a hidden entry is never read aloud; leave the key 'confirm' out")
