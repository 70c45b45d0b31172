"""Plans calls: the fastest route by each number one could dial."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.errors import NumberError
from ivr.flow.rehearsal import Twists
from ivr.training.routes.answers import Caller
from ivr.training.routes.bounds import Bounds
from ivr.training.routes.choices import Choices, Ways
from ivr.training.routes.goal import Goal
from ivr.training.routes.ground import Arrival, Ground
from ivr.training.routes.luck import Expected, Luck
from ivr.training.routes.mishearing import done
from ivr.training.routes.point import Point
from ivr.training.routes.search import Search, Step
from ivr.training.routes.walking import Walking

__all__ = ["REDIAL_SECONDS", "Planner", "Route"]

NO_TWISTS = Twists()
REDIAL_SECONDS = 15.0
"""To hang up, look up the number and dial again."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """The fastest way from dialling to the goal. `seconds` are expected ones where chance decides.

    `steps` follow the likeliest outcome wherever chance decides, and are heard well on a bad line; `hold` is the last
    part of `seconds`, spent waiting.
    """

    dialled: str
    line: str
    seconds: float
    steps: tuple[Step, ...]
    hold: float


class Planner:
    """Plans for one goal and caller, at one time. `ways`: by keys only, by words only, or whichever is quicker.

    Without `barge_in` every prompt is heard to its end.
    """

    def __init__(
        self,
        board: Switchboard,
        goal: Goal,
        caller: Caller,
        at: datetime,
        *,
        ways: Ways = "either",
        barge_in: bool = False,
        twists: Twists | None = None,
        numbers: Sequence[str] = (),
    ) -> None:
        """`twists` are those of a rehearsal, where `card-back` is the caller's own card.

        `numbers` are the ones that are right to dial; without them every number of the directory is.
        """
        self.board = board
        self.goal = goal
        self.caller = caller
        self.at = at
        self.ground = Ground(
            board=board,
            luck=Expected(),
            barge_in=barge_in,
            twists=twists or NO_TWISTS,
            member="" if twists is None else caller.member,
        )
        self._numbers = tuple(numbers)
        self.choices = Choices(self.ground, caller, ways)
        self.bounds = Bounds(self.ground, goal, ways, at)

    @property
    def numbers(self) -> tuple[str, ...]:
        """What could be dialled: what is right, or all of the directory and the number on the back of the card."""
        if self._numbers:
            return self._numbers
        listed = [listing.number for listing in self.board.centre.directory.numbers]
        return (*listed, f"{CARD_BACK}:{self.caller.member}")

    @cached_property
    def again(self) -> float:
        """Seconds that making the whole call again would take, dialling included; infinite if no call gets there."""
        search = self._search(math.inf)
        return REDIAL_SECONDS + min(search.value(self.begin(number), self.at) for number in self.numbers)

    @cached_property
    def search(self) -> Search:
        """The search that values every point of a call to this goal."""
        return self._search(self.again)

    def _search(self, again: float) -> Search:
        return Search(self.ground, self.choices, self.goal, self.bounds, again)

    def begin(self, dialled: str) -> Arrival:
        """The first turn of a call to `dialled`. Raises NumberError."""
        line, place = self.ground.answering(dialled)
        return Walking(self.ground, Point(line, place), self.at).begin()

    def seconds(self, dialled: str) -> float:
        """What the best call to `dialled` takes, another call included where this one cannot get there."""
        return self.search.value(self.begin(dialled), self.at)

    @cached_property
    def best_seconds(self) -> float:
        """What the best call takes, whichever number it dials."""
        return min(self.seconds(number) for number in self.numbers)

    def route(self, dialled: str, luck: Luck | None = None) -> Route:
        """The fastest route of a call to `dialled`, timed for what chance does to it, or for what it is expected to do.

        Raises NumberError where nothing answers, or no way leads on to the goal.
        """
        expected = self._search(math.inf)
        whole = expected.value(self.begin(dialled), self.at)
        if math.isinf(whole):
            raise NumberError(f"no way leads from {dialled} to {self.goal}")
        ground = self.ground if luck is None else replace(self.ground, luck=luck)
        line, place = self.ground.answering(dialled)
        arrival, now, steps = Walking(ground, Point(line, place), self.at).begin(), self.at, []
        while arrival.stop == "question":
            now += timedelta(seconds=arrival.heard)
            first = expected.best(arrival.point._replace(draws=0), now).steps[0]
            now += timedelta(seconds=first.action.seconds)
            outcomes = done(ground, arrival.point, first.action, first.deed, now)
            elapsed = (now - self.at).total_seconds()
            steps.append(replace(first, point=arrival.point, at=elapsed, outcomes=outcomes))
            arrival = max(outcomes, key=lambda outcome: (not outcome.misheard, outcome.share)).arrival
        elapsed = (now - self.at).total_seconds() + arrival.heard + arrival.hold
        return Route(
            dialled=dialled,
            line=line,
            seconds=whole if luck is None else elapsed,
            steps=tuple(steps),
            hold=arrival.hold,
        )

    def routes(self) -> tuple[Route, ...]:
        """A route for every number that leads to the goal, fastest first."""
        found = []
        for number in self.numbers:
            try:
                found.append(self.route(number))
            except NumberError:
                continue
        return tuple(sorted(found, key=lambda route: route.seconds))
