"""What the rules look at, and how they say where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flow.departments import Department
from ivr.flow.flow import Flow
from ivr.flow.source import Loc, Problem, Source
from ivr.flow.tree import Place, Tree
from ivr.flow.words import recogniser
from ivr.grammar import Recogniser, Vocabulary


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Every flow with its source, and what flows refer to."""

    flows: Mapping[str, Flow]
    sources: Mapping[str, Source]
    departments: Mapping[str, Department]
    vocabulary: Vocabulary
    _heard: dict[tuple[str, Place], Recogniser] = field(default_factory=dict, init=False, repr=False)

    def problem(self, flow: str, loc: Loc, message: str) -> Problem:
        """A problem in the file of `flow`."""
        return self.sources[flow].problem(loc, message)

    def at(self, place: Place, loc: Loc, message: str) -> Problem:
        """A problem in the node at `place`."""
        flow, _, node = place.partition(".")
        return self.problem(flow, ("nodes", node, *loc), message)

    def hearing(self, tree: Tree, place: Place) -> Recogniser:
        """The recogniser of a place of a line; kept for the next rule."""
        here = tree.line.flow, place
        if here not in self._heard:
            self._heard[here] = recogniser(tree, place, self.vocabulary)
        return self._heard[here]

    def has(self, place: Place, loc: Loc) -> bool:
        """Whether the node's own file says something at `loc`."""
        flow, _, node = place.partition(".")
        return ("nodes", node, *loc) in self.sources[flow].lines
