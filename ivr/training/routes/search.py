"""The quickest way from a point to the goal: A* over points, exact, chance weighed where it decides.

An ask for a representative that chance may honour has a value of its own, found from both its outcomes; a call that
would take longer to save than to make again is made again.
"""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from ivr.flow.asking import Universal
from ivr.training.routes.bounds import LONGEST_CALL, Bounds
from ivr.training.routes.choices import Action, Choices
from ivr.training.routes.consequences import Outcome
from ivr.training.routes.deeds import Asked, Deed
from ivr.training.routes.goal import Goal
from ivr.training.routes.ground import Arrival, Ground
from ivr.training.routes.mishearing import done
from ivr.training.routes.point import Point

__all__ = ["Found", "Search", "Step"]

MOST_POINTS = 20_000
"""Points looked at before a search gives up, those within asks included; the shipped lines need a few hundred."""

MOST_ASKS = 8
"""Asks within asks that chance may honour; what lies deeper is worth no more than another call."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing done, at a point, heard `at` so many seconds, and everything it can lead to."""

    point: Point
    at: float
    action: Action
    deed: Deed
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """Seconds to the goal from here, and the steps up to it, or up to the first that chance decides.

    Without steps the best is to hang up and call again.
    """

    seconds: float
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Open:
    """Something to be looked at: a point, or a step whose cost is known (`done`) or has yet to be weighed."""

    spent: float
    point: Point | None
    step: Step | None
    before: "_Open | None"
    done: bool = False


class Search:
    """Searches with one goal, caller, kind of chance and way of answering. Its caches make the next search quicker.

    `again` is what the whole call costs, in seconds, when it has to be made again; infinite where that is not to be.
    """

    def __init__(self, ground: Ground, choices: Choices, goal: Goal, bounds: Bounds, again: float) -> None:
        self._ground = ground
        self._choices = choices
        self._goal = goal
        self._bounds = bounds
        self._weighing: dict[tuple[Point, datetime | tuple[bool, ...]], Found] = {}
        self._open: dict[datetime, tuple[bool, ...]] = {}
        self._depth = self._looked = 0
        self.again = again

    def value(self, arrival: Arrival, now: datetime) -> float:
        """Seconds to the goal from the moment a turn begins, `now`."""
        if arrival.stop != "question":
            return arrival.heard + arrival.hold if self._goal.reached(arrival) else self.again
        heard = arrival.heard
        found = self.best(arrival.point, now + timedelta(seconds=heard))
        return min(self.again, heard + found.seconds)

    def best(self, point: Point, now: datetime) -> Found:
        """The quickest way on from a question whose prompt has been heard by `now`."""
        key = (point, self._hours(now))
        if key not in self._weighing:
            # Until it is known: an ask that leads back to this very point is worth no more than another call.
            self._weighing[key] = Found(seconds=self.again, steps=())
            self._looked = self._looked if self._depth else 0
            self._depth += 1
            if self._depth <= MOST_ASKS:
                self._weighing[key] = self._search(point, now)
            self._depth -= 1
        return self._weighing[key]

    def _hours(self, now: datetime) -> datetime | tuple[bool, ...]:
        """Who is open, if that stays so for longer than any call lasts; otherwise the time itself."""
        if self._open_at(now) == self._open_at(now + LONGEST_CALL):
            return self._open_at(now)
        return now

    def _open_at(self, now: datetime) -> tuple[bool, ...]:
        minute = now.replace(second=0, microsecond=0)
        if minute not in self._open:
            departments = self._ground.board.centre.departments.values()
            self._open[minute] = tuple(department.is_open(minute) for department in departments)
        return self._open[minute]

    def _search(self, start: Point, now: datetime) -> Found:
        order = count()
        waiting = [(self._bounds.at(start), 0.0, next(order), _Open(0.0, start, None, None))]
        spent: dict[Point, float] = {start: 0.0}
        while waiting:
            least, _, _, here = heapq.heappop(waiting)
            if least >= self.again or self._looked > MOST_POINTS:
                break
            if here.done:
                return Found(seconds=here.spent, steps=tuple(_steps(here)))
            if here.point is None:
                entries = [self._weighed(here, now)]
            elif here.spent > spent[here.point]:
                continue
            else:
                self._looked += 1
                entries = list(self._onward(here, now))
            for bound, entry in entries:
                if entry.point is not None:
                    if entry.spent >= spent.get(entry.point, math.inf):
                        continue
                    spent[entry.point] = entry.spent
                if bound < self.again:
                    heapq.heappush(waiting, (bound, -entry.spent, next(order), entry))
        return Found(seconds=self.again, steps=())

    def _onward(self, here: _Open, now: datetime) -> Iterator[tuple[float, _Open]]:
        """What can be done at a point, each with the least it can come to."""
        assert here.point is not None
        for action, deed in self._choices.at(here.point, now):
            found = done(self._ground, here.point, action, deed, now + timedelta(seconds=here.spent + action.seconds))
            outcomes = tuple(_without_way_back(here.point, deed, outcome) for outcome in found)
            above, outcomes = self._put_right(action, outcomes)
            step = Step(point=here.point, at=here.spent + action.seconds, action=action, deed=deed, outcomes=outcomes)
            spent = here.spent + action.seconds + above
            if len(outcomes) > 1:
                bound = spent + sum(outcome.share * self._least(outcome.arrival) for outcome in outcomes)
                yield bound, _Open(spent, None, step, here)
                continue
            arrival = outcomes[0].arrival
            if arrival.stop == "question":
                reached = _Open(spent + arrival.heard, arrival.point, step, here)
                yield reached.spent + self._bounds.at(arrival.point), reached
            elif self._goal.reached(arrival):
                total = spent + arrival.heard + arrival.hold
                yield total, _Open(total, None, step, here, done=True)

    def _put_right(self, action: Action, outcomes: tuple[Outcome, ...]) -> tuple[float, tuple[Outcome, ...]]:
        """The seconds to expect above, and what is left, where words that came badly are put right.

        A line that asks whether it heard right is told yes; one that asks again is told again, until it hears. That a
        caller could also do something else then is left out: it would not be done later if it is not done now.
        """
        badly = [each for each in outcomes if each.misheard and each.arrival.stop == "question"]
        if len(outcomes) != 2 or len(badly) != 1:
            return 0.0, outcomes
        share, arrival = badly[0].share, badly[0].arrival
        if arrival.point.pending is not None:
            above = share * (arrival.heard + self._choices.yes(arrival.point).seconds)
        else:
            above = share / (1 - share) * (arrival.heard + action.seconds)
        return above, tuple(each for each in outcomes if each is not badly[0])

    def _least(self, arrival: Arrival) -> float:
        if arrival.stop == "question":
            return min(self.again, arrival.heard + self._bounds.at(arrival.point))
        return arrival.heard + arrival.hold if self._goal.reached(arrival) else self.again

    def _weighed(self, here: _Open, now: datetime) -> tuple[float, _Open]:
        """A step that chance decides, with what it comes to on the whole."""
        assert here.step is not None
        then = now + timedelta(seconds=here.spent)
        whole = here.spent + sum(each.share * self.value(each.arrival, then) for each in here.step.outcomes)
        return whole, _Open(whole, None, here.step, here.before, done=True)


def _without_way_back(here: Point, deed: Deed, outcome: Outcome) -> Outcome:
    """A route may begin by going back; it never goes on in order to come back."""
    point = outcome.arrival.point
    if deed == Asked(Universal.BACK) or point.trail == here.trail:
        return outcome
    return outcome._replace(arrival=outcome.arrival._replace(point=point._replace(trail=())))


def _steps(last: _Open) -> list[Step]:
    steps: list[Step] = []
    at: _Open | None = last
    while at is not None:
        if at.step is not None:
            steps.append(at.step)
        at = at.before
    return steps[::-1]
