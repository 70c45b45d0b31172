"""Both ways through the tree, grown together: where they part, what else was there, and where they lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.call.events import Connected
from ivr.flow.tree import Tree
from ivr.training.debrief.naming import deed_name, options_at, place_name
from ivr.training.debrief.quoting import spelt
from ivr.training.debrief.steps import CLOSED, DESK, END, Step, best_steps, your_steps
from ivr.training.scoring import Evidence

__all__ = ["Branch", "Fork", "Root", "both_ways"]


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One thing to do at a fork. It was taken at `times`, in seconds into the call, and is on the best way or not.

    `fork` is what it leads to; `back` names it where it is drawn elsewhere. Both are empty where the same was asked
    again.
    """

    keys: str
    name: str
    yours: bool = False
    best: bool = False
    times: tuple[float, ...] = ()
    fork: "Fork | None" = None
    back: str = ""


@dataclass(frozen=True, kw_only=True)
class Fork:
    """A question, a department, or an end, and what can be done there.

    `at` is when a department answered the caller, or when the call ended.
    """

    title: str
    yours: bool
    best: bool
    at: float | None = None
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Root:
    """Where a way begins: the number that was dialled, the one that should be, as they are read, and what follows."""

    dialled: str | None
    best: str | None
    fork: Fork
    at: float = 0.0
    """When it was dialled, in seconds into the call: later than 0 where the lobby asked."""


def both_ways(evidence: Evidence, best_number: str) -> tuple[Root, ...]:
    """The caller's way and the best one: one tree where they begin at one place, otherwise two."""
    dialled, route = evidence.dialled, evidence.planner.route(best_number)
    at = evidence.seconds(dialled)
    yours, best = your_steps(evidence), best_steps(evidence.planner, route)
    if not yours:
        return (Root(dialled=None, best=spelt(best_number), fork=_Growing(evidence, route.line, (), best).whole()),)
    if dialled.line == route.line and yours[0].place == best[0].place:
        both = _Growing(evidence, route.line, yours, best).whole()
        return (Root(dialled=spelt(dialled.dialled), best=spelt(best_number), fork=both, at=at),)
    mine, other = _Growing(evidence, dialled.line, yours, ()), _Growing(evidence, route.line, (), best)
    return (
        Root(dialled=spelt(dialled.dialled), best=None, fork=mine.whole(), at=at),
        Root(dialled=None, best=spelt(best_number), fork=other.whole()),
    )


@dataclass(frozen=True)
class _Move:
    step: Step
    to: str
    yours: bool


class _Growing:
    """Grows a tree from the steps of both ways. A question is drawn once, where it is come to first."""

    def __init__(self, evidence: Evidence, line: str, yours: Sequence[Step], best: Sequence[Step]) -> None:
        self._evidence = evidence
        self._centre = evidence.planner.board.centre
        self._tree: Tree = evidence.planner.ground.terrain(line).tree
        self._first = (*yours, *best)[0].place
        self._yours, self._best = ({step.place for step in steps} for steps in (yours, best))
        self._moves = [_Move(here, to.place, steps is yours) for steps in (yours, best) for here, to in pairwise(steps)]
        self._ended = next((step.at for step in yours if step.place.startswith(END)), None)
        self._drawn: set[str] = set()

    def whole(self) -> Fork:
        """From the first place on."""
        return self._fork(self._first, self._first in self._yours, self._first in self._best)

    def _fork(self, place: str, yours: bool, best: bool) -> Fork:
        self._drawn.add(place)
        branches, at = tuple(self._branches(place)), None
        title = self._name(place)
        if place.startswith(DESK):
            at = self._answered(place) if yours else None
            title += self._how(place, yours, at)
        if place.startswith(END):
            at = self._ended
        return Fork(title=title, yours=yours, best=best, at=at, branches=branches)

    def _name(self, place: str) -> str:
        return place_name(self._centre, self._tree, place)

    def _answered(self, place: str) -> float | None:
        """When a department answered the caller."""
        found = (event for event in self._evidence.all(Connected) if DESK + event.department == place)
        first = next(found, None)
        return None if first is None else self._evidence.seconds(first)

    def _how(self, place: str, yours: bool, at: float | None) -> str:
        """What became of a caller at a department."""
        right = place.removeprefix(DESK) in self._evidence.planner.goal.departments
        desk = "the right desk" if right else "the wrong desk"
        if at is not None:
            return f" answers, {desk}"
        if any(move.step.place == place and move.step.deed == CLOSED for move in self._moves):
            return ""
        return ", not reached" if yours else f", {desk}"

    def _branches(self, place: str) -> list[Branch]:
        """A menu's options as the file has them, then whatever else was done."""
        options = options_at(self._centre, self._tree, place)
        here = [move for move in self._moves if move.step.place == place]
        done = list(dict.fromkeys((move.step.deed, move.to) for move in here))
        shown = []
        for deed, (keys, name) in options.items():
            if any(deed == each for each, _ in done):
                shown += [self._taken(place, each, here) for each in done if each[0] == deed]
            else:
                shown.append(Branch(keys=keys, name=name))
        return shown + [self._taken(place, each, here) for each in done if each[0] not in options]

    def _taken(self, place: str, done: tuple[str, str], here: Sequence[_Move]) -> Branch:
        deed, to = done
        moves = [move for move in here if (move.step.deed, move.to) == done]
        options = options_at(self._centre, self._tree, place)
        keys, name = options.get(deed) or deed_name(self._centre, self._tree, place, deed)
        yours, best = any(move.yours for move in moves), any(not move.yours for move in moves)
        onward = to != place and not self._drawn_with_more(to)
        return Branch(
            keys=keys,
            name=": ".join(part for part in (name, moves[0].step.told) if part),
            yours=yours,
            best=best,
            times=tuple(move.step.at for move in moves if move.step.at is not None),
            fork=self._fork(to, yours, best) if onward else None,
            back="" if onward or to == place else self._name(to),
        )

    def _drawn_with_more(self, place: str) -> bool:
        """Whether a place stands elsewhere already, and is not just an end."""
        return place in self._drawn and any(move.step.place == place for move in self._moves)
