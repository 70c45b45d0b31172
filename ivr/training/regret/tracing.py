"""Follows a call along its events, and weighs every step against the best one from there.

What a step loses is what it is expected to come to, less what the best step would have; so it is never below 0, and the
best route loses nothing whatever chance does.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ivr.call.events import Arrived, EscapeAsked, Event, NotUnderstood, RehearsalBegan, Silent, UniversalAsked
from ivr.errors import NumberError
from ivr.flow.asking import Universal
from ivr.flow.nodes import Collect, Entry, Node
from ivr.training.regret.bad_line import spoken
from ivr.training.regret.inputs import Group, deed_of, groups
from ivr.training.regret.losses import Cause, Loss, Regret
from ivr.training.routes.consequences import Outcome, after
from ivr.training.routes.deeds import Asked, Deed, Entered, Failed, Skipped
from ivr.training.routes.ground import Arrival
from ivr.training.routes.mishearing import said
from ivr.training.routes.planner import Planner
from ivr.training.routes.point import Point

__all__ = ["regret_of"]

NOTHING = 1e-6


def regret_of(planner: Planner, events: Sequence[Event]) -> Regret:
    """A call beside the best call to the planner's goal. Raises NumberError where no call gets there."""
    if planner.again == float("inf"):
        raise NumberError(f"no number leads to {planner.goal} at that time")
    return _Trace(planner, list(groups(events))).followed()


class _Trace:
    """One call being followed. `value` is what is still to come, in seconds, from the last group on, at best."""

    def __init__(self, planner: Planner, found: list[Group]) -> None:
        self.planner = planner
        self.groups = found
        self.losses: list[Loss] = []
        self.chance = 0.0
        self.saved = 0.0
        self.started = found[0].did.at
        self.arrival, self.at = self._begun()

    def _begun(self) -> tuple[Arrival, int]:
        """Where the routing begins: at the ring, or in the lobby once a scenario was chosen there."""
        for index, group in enumerate(self.groups):
            began = next((event for event in group.events if isinstance(event, RehearsalBegan)), None)
            if began is not None and not isinstance(group.did, Arrived):
                told = self.planner.begin(self.planner.board.centre.directory.lobby)
                self.started = began.at + timedelta(seconds=group.words - told.heard)
                return told, index
        first = self.groups[0].did
        dialled = first.dialled if isinstance(first, Arrived) else ""
        return self.planner.begin(dialled), 0

    def followed(self) -> Regret:
        """The call to its end."""
        value = self._value(self.arrival, self.started)
        best = value if self._through_lobby else self.planner.best_seconds
        self._lose(Cause.WRONG_NUMBER, value - best, self.groups[0].did)
        while True:
            index = self.at + 1
            if self.arrival.stop != "question" or index >= len(self.groups):
                return self._over(value, best)
            group = self.groups[index]
            node = self._node(self.arrival.point)
            deed = deed_of(group, self.arrival.point, node, self._scene(group.did.at).date())
            if deed is None:
                return self._over(value, best)
            value = self._step(group, deed, value)
            self.at = index
            value = self._found_again(value)

    def _step(self, group: Group, deed: Deed, value: float) -> float:
        """Weighs one thing done; what is still to come after it."""
        before, point, scene = self.groups[self.at], self.arrival.point, self._scene(group.did.at)
        deed, words, badly = spoken(self.planner, group, point, deed, scene)
        heard = self.arrival.heard if self._briefed_just_now or self.planner.ground.barge_in else before.words
        self.chance += heard - self.arrival.heard
        started = max(self.started, before.did.at)
        quickest = self.planner.choices.quickest(point, deed, scene)
        self._spend((group.did.at - started).total_seconds() - heard - quickest, group, deed)
        outcomes = after(self.planner.ground, point, deed, scene)
        well, values = self._expected(outcomes, group)
        expected = well
        if words is not None:  # on a bad line, where chance decides how they are heard
            outcomes = said(self.planner.ground, point, deed, words, scene)
            expected, values = self._expected(outcomes, group)
        chosen = _realised(outcomes, group, badly)
        if self._wrong(outcomes[chosen].arrival):  # to be put through to the wrong department by chance is no bad luck
            expected = max(expected, values[chosen])
        lost = self.arrival.heard + quickest + expected - value
        spoilt = max(0.0, min(lost, expected - well)) if words is not None else 0.0
        self._lose(Cause.NO_MATCH, spoilt, group.did)
        self._lose(self._cause(group, deed), lost - spoilt, group.did)
        self.chance += values[chosen] - expected
        self.arrival = outcomes[chosen].arrival
        return values[chosen]

    def _expected(self, outcomes: Sequence[Outcome], group: Group) -> tuple[float, list[float]]:
        """What is still to come on the mean of `outcomes`, and after each."""
        values = [self._value(each.arrival, group.did.at, self._later_reached()) for each in outcomes]
        return sum(each.share * worth for each, worth in zip(outcomes, values, strict=True)), values

    @property
    def _through_lobby(self) -> bool:
        """Whether the caller was asked which number to dial: nobody loses time by being asked."""
        return self.at > 0 or self.arrival.point.line == self.planner.board.centre.directory.lobby

    @property
    def _briefed_just_now(self) -> bool:
        """Whether the story was told in the turn at hand, which is no part of the way."""
        return self.started > self.groups[self.at].did.at

    def _spend(self, seconds: float, group: Group, deed: Deed) -> None:
        """Time beyond the prompt and the shortest answer."""
        match deed:
            case Failed() | Asked():
                cause = self._cause(group, deed)
            case _ if isinstance(self._node(self.arrival.point), Collect):
                cause = Cause.SEARCHING
            case _:
                cause = Cause.ANSWERING
        self._lose(cause, seconds, group.did)

    def _cause(self, group: Group, deed: Deed) -> Cause:
        match group.did:
            case Silent():
                return Cause.NO_INPUT
            case NotUnderstood(reason="unknown-key"):
                return Cause.RANDOM_KEYS
            case NotUnderstood():
                return Cause.NO_MATCH
            case EscapeAsked(answer="refused" | "detour"):
                return Cause.REFUSED_ESCAPE
            case UniversalAsked(universal=Universal.HELP | Universal.REPEAT):
                return Cause.LISTENING
        node = self._node(self.arrival.point)
        if isinstance(node, Collect) and node.entry is Entry.DIALLED_NUMBER:
            return Cause.WRONG_NUMBER
        if group.did.kind == "confirming" and not isinstance(deed, Entered):
            return Cause.NO_MATCH
        return Cause.SEARCHING if isinstance(deed, Skipped) else Cause.WRONG_TURN

    def _value(self, arrival: Arrival, at: datetime, later: float | None = None) -> float:
        if self._wrong(arrival) and later is not None:
            return later
        return self.planner.search.value(arrival, self._scene(at))

    def _wrong(self, arrival: Arrival) -> bool:
        return arrival.stop == "hold" and not self.planner.goal.reached(arrival)

    def _later_reached(self) -> float | None:
        """Seconds from the next group to the right department, where a wrong one answered first and put through."""
        began = self.groups[self.at + 1].did.at
        answered = [group for group in self.groups[self.at + 1 :] if group.connected is not None]
        right = [group for group in answered if group.connected in self.planner.goal.departments]
        if not right or answered[0] is right[0]:
            return None
        return (right[0].did.at - began).total_seconds()

    def _found_again(self, value: float) -> float:
        """The point as the events have it, where the line has changed under the call."""
        index = self.at + 1
        if self.arrival.stop != "question" or index >= len(self.groups):
            return value
        place, point = self.groups[index].did.place, self.arrival.point
        if place == point.place or place not in self.planner.ground.terrain(point.line).tree.nodes:
            return value
        point = Point(point.line, place, member=point.member, slots=point.slots, asks=point.asks)
        self.arrival = Arrival(point, "question", self.groups[self.at].words)
        found = self._value(self.arrival, self.groups[self.at].did.at)
        self.chance += found - value
        return found

    def _over(self, value: float, best: float) -> Regret:
        """The hold and the end: what is left of the call."""
        last, rest = self.groups[self.at], self.groups[self.at + 1 :]
        waited, end = self._reached(rest)
        right = self.planner.goal.reached(self.arrival)
        reached = end is not None or (self.arrival.stop == "end" and right)
        final = end.did if end is not None else (rest[-1] if rest else last).events[-1]
        passed = (final.at - max(self.started, last.did.at)).total_seconds()
        again = 0.0 if reached else self.planner.again
        match self.arrival.stop:
            case "hold" if right and reached:
                self.chance += waited - value
                self._lose(Cause.HOLD, passed - waited, final)
            case "hold" if not reached:
                self._lose(Cause.HUNG_UP if right else Cause.HOLD, passed + again - value, final)
            case "question":
                self._lose(Cause.HUNG_UP, passed + again - value, final)
            case _:
                self.chance += passed + again - value
        return Regret(
            spent=(final.at - self.started).total_seconds(),
            best=best,
            losses=tuple(self.losses),
            chance=self.chance,
            saved=self.saved,
            reached=reached,
            again=again,
        )

    def _reached(self, rest: Sequence[Group]) -> tuple[float, Group | None]:
        """How long the hold had to last as it fell out, and the group in which the right department answered."""
        waited = self.groups[self.at].words
        for group in rest:
            if group.did.kind == "held":
                waited += getattr(group.did, "seconds", 0.0)
            if group.connected in self.planner.goal.departments:
                return waited, group
            if group.did.kind == "held":
                waited += group.words
        return waited, None

    def _lose(self, cause: Cause, seconds: float, event: Event) -> None:
        if seconds > NOTHING:
            self.losses.append(Loss(cause=cause, seconds=seconds, event=event))
        elif seconds < -NOTHING:
            self.saved -= seconds
        else:
            self.chance += seconds

    def _node(self, point: Point) -> Node:
        return self.planner.ground.terrain(point.line).tree.nodes[point.place]

    def _scene(self, at: datetime) -> datetime:
        return self.planner.at + (at - self.groups[0].did.at)


def _realised(outcomes: Sequence[Outcome], group: Group, badly: bool) -> int:
    """Which outcome it was."""
    answer = group.did.answer if isinstance(group.did, EscapeAsked) else ""
    same = [index for index, each in enumerate(outcomes) if each.answer == answer]
    return next((index for index in same if outcomes[index].misheard == badly), same[0] if same else 0)
