"""The least that any call from a place can still take: what keeps the search from wandering.

Stacks, slots and counters are left out, so the bound is never too high. Distances are igraph's.
"""

import math
from datetime import datetime, timedelta
from functools import cache

import igraph

from ivr.flow.closed import Prompt
from ivr.flow.moves import Cause, Move, moves
from ivr.flow.nodes import Callback, Collect, Dial, Menu, Message, Node, Say, Transfer
from ivr.flow.tree import CALLBACK, CONNECTED, MESSAGE, Place
from ivr.training.routes.goal import Goal
from ivr.training.routes.ground import Ground
from ivr.training.routes.holds import spoken_seconds
from ivr.training.routes.point import Point
from ivr.training.routes.terrain import SLOT

__all__ = ["LONGEST_CALL", "Bounds"]

LEAST_ACTION = {"keys": 0.5, "words": 0.37, "either": 0.37}
"""One key, or one word, in seconds."""
LONGEST_CALL = timedelta(hours=1)
WITHOUT_CALLER = (Cause.FORWARD, Cause.CLOSED)


Spot = tuple[Place, bool]
"""A place, and whether the department found closed last is one of the goal's; False where a goal can't be put off."""


class Bounds:
    """Seconds to the goal at least. Which department was found closed last is kept: a callback may be for that one."""

    def __init__(self, ground: Ground, goal: Goal, ways: str, at: datetime) -> None:
        self._ground = ground
        self._goal = goal
        self._at = at
        self._action = LEAST_ACTION[ways]
        self._from = cache(self._distances)

    def at(self, point: Point) -> float:
        """From a question, its prompt heard. "Go back" may lead to any question passed before."""
        from_line = self._from(point.line)
        found_closed = self._goal.later and point.closed in self._goal.departments
        least = from_line[point.place, found_closed]
        if point.trail:
            back = min(from_line[place, found_closed] for place, _ in point.trail)
            least = min(least, self._action + back)
        return least

    def _distances(self, line: str) -> dict[Spot, float]:
        """From every place of a line, its own words already heard."""
        tree = self._ground.terrain(line).tree
        closed = (False, True) if self._goal.later else (False,)
        spots = [(place, found_closed) for place in tree.nodes for found_closed in closed]
        index = {spot: number for number, spot in enumerate(spots)}
        words = {place: self._words(line, place) for place in tree.nodes}
        goal = len(spots)
        edges: dict[tuple[int, int], float] = {}
        for place, node in tree.nodes.items():
            for move in moves(tree, place):
                inside = self._inside(move, words)
                for found_closed in closed:
                    weight = self._ending(line, node, found_closed, move) if inside is None else inside
                    if math.isinf(weight):
                        continue
                    edge = (index[place, found_closed], index.get(self._next(node, found_closed, move), goal))
                    if weight < edges.get(edge, math.inf):
                        edges[edge] = weight
        graph = igraph.Graph(n=goal + 1, edges=list(edges), directed=True)
        found = graph.distances(source=[goal], weights=list(edges.values()), mode="in")[0]
        return dict(zip(spots, found[:goal], strict=True))

    def _next(self, node: Node, found_closed: bool, move: Move) -> Spot:
        if self._goal.later and isinstance(node, Transfer) and move.cause is Cause.CLOSED:
            return move.to, node.department in self._goal.departments
        return move.to, found_closed

    def _inside(self, move: Move, words: dict[Place, float]) -> float | None:
        """What a move to another place of the line costs; None for one that leaves it."""
        if move.to not in words:
            return None
        return words[move.to] + (0.0 if move.cause in WITHOUT_CALLER else self._action)

    def _ending(self, line: str, node: Node, found_closed: bool, move: Move) -> float:
        """What a move out of the line costs, infinite where it is not to the goal."""
        match node:
            case Transfer() if move.to == CONNECTED:
                return self._ground.holds.seconds(line, node.department, 0) if self._answers(node) else math.inf
            case Callback() | Message() if move.to in (CALLBACK, MESSAGE):
                named = node.department in self._goal.departments or (node.department is None and found_closed)
                return 0.0 if self._goal.later and named else math.inf
            case Dial() if move.cause is Cause.END:
                return min(self._starts(), default=math.inf)
            case _:
                return math.inf

    def _answers(self, node: Transfer) -> bool:
        """Whether a transfer can lead to the goal: the right department, open while the call may last."""
        department = self._ground.board.centre.departments[node.department]
        is_open = department.is_open(self._at) or department.is_open(self._at + LONGEST_CALL)
        return node.department in self._goal.departments and (is_open or node.closed is None)

    def _starts(self) -> list[float]:
        """From the first words of every line a number leads to. A line that dials on is not followed further."""
        board = self._ground.board
        dialled = [listing.number for listing in board.centre.directory.numbers]
        doors = [self._ground.answering(number) for number in [*dialled, "card-back"]]
        return [
            self._words(line, place) + self._from(line)[place, False]
            for line, place in doors
            if line != board.centre.directory.lobby
        ]

    def _words(self, line: str, place: Place) -> float:
        """Seconds of words at least, on coming to a place."""
        tree = self._ground.terrain(line).tree
        node = tree.nodes[place]
        match node:
            case Menu() | Collect() | Message():
                said = (*node.prompt, *(node.again or ()))
            case Say():
                said = node.prompt
            case Transfer():
                return (
                    self._least(node.prompt or ()) if node.prompt and node.department in self._goal.departments else 0.0
                )
            case _:
                return 0.0
        return 0.0 if self._ground.barge_in and tree.barge_in(place) else self._least(said)

    def _least(self, prompt: Prompt) -> float:
        return min((_bare(text) for text in prompt), default=0.0)


@cache
def _bare(text: str) -> float:
    return spoken_seconds(SLOT.sub("", text))
