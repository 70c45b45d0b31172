"""A line as a route sees it: where every move leads, and how much of a call's past the line ever looks at."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from ivr.flow.asking import Escape, Policy
from ivr.flow.closed import Prompt
from ivr.flow.moves import moves
from ivr.flow.nodes import Case, Collect, Decide, Dial, Menu, Message, When
from ivr.flow.tree import Place, Tree

__all__ = ["SLOT", "Terrain", "terrain_of"]

SLOT = re.compile(r"\{([^{}]+)\}")


class Terrain:
    """One line's tree. Counters are cut off where nothing asks how much higher they are."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._onward: dict[Place, dict[str, Place]] = {}

    def onward(self, here: Place, event: str) -> Place:
        """Where `event` leads from `here`."""
        if here not in self._onward:
            self._onward[here] = {move.event: move.to for move in moves(self.tree, here)}
        return self._onward[here][event]

    def reads(self, slot: str) -> bool:
        """Whether a condition or a prompt looks at a slot, here or on a line that a dial node leads to."""
        return self._read is None or slot in self._read

    @cached_property
    def _read(self) -> frozenset[str] | None:
        if any(isinstance(node, Dial) for node in self.tree.nodes.values()):
            return None
        named = {case.when.slot for case in self._cases() if case.when.slot is not None}
        named |= {slot for prompt in self._prompts() for text in prompt for slot in SLOT.findall(text)}
        return frozenset(named)

    @cached_property
    def most_visits(self) -> dict[Place, int]:
        """How many visits of a place can be told apart; places not named here keep no count."""
        kept = {
            place: 2
            for place, node in self.tree.nodes.items()
            if isinstance(node, (Menu, Collect, Message)) and node.again
        }
        for place, node in self.tree.nodes.items():
            if isinstance(node, Decide):
                kept[place] = max([kept.get(place, 0), *(_at_least(case.when, "visits") for case in node.cases)])
        return {place: most for place, most in kept.items() if most}

    @cached_property
    def most_asks(self) -> int:
        """From how many asks on nothing changes any more."""
        counted = [_at_least(case.when, "asks") for case in self._cases()]
        return max([1, *counted, *(_counted(escape) for escape in self._escapes())])

    @cached_property
    def most_failures(self) -> int:
        """From how many failures on nothing changes any more."""
        limit = self.tree.line.limit.failures if self.tree.line.limit else 0
        return max([limit, *(_at_least(case.when, "failures") for case in self._cases())])

    def _cases(self) -> Iterator[Case]:
        for node in self.tree.nodes.values():
            if isinstance(node, Decide):
                yield from node.cases

    def _escapes(self) -> Iterator[Escape]:
        for asked in (*self.tree.nodes.values(), *self.tree.flows.values()):
            escape = getattr(asked, "escape", None)
            if escape is not None:
                yield escape

    def _prompts(self) -> Iterator[Prompt]:
        for node in self.tree.nodes.values():
            for key in ("prompt", "again", "confirm", "invalid", "thanks"):
                yield getattr(node, key, None) or ()


def _at_least(when: When, counter: str) -> int:
    return (when.at_least or 1) if when.counter == counter else 0


def _counted(escape: Escape) -> int:
    due = {Policy.NTH_ASK: escape.ask or 1, Policy.REASON_FIRST: 2}.get(escape.policy, 1)
    return max(due, len(escape.refusals))


@lru_cache(maxsize=64)
def terrain_of(tree: Tree) -> Terrain:
    """A tree's terrain, shared by all plans."""
    return Terrain(tree)
