"""What a line does after an answer, on points instead of records: the same steps as the call engine's, and their time.

A test plays the best route of every line on the engine, and the two must agree to the tenth of a second.
"""

from datetime import datetime

from ivr.call.notice import NOTICE
from ivr.call.progress import without_gaps
from ivr.call.switchboard import CARD_BACK
from ivr.errors import RecordError
from ivr.flow.closed import Prompt
from ivr.flow.moves import return_event
from ivr.flow.nodes import (
    Callback,
    Collect,
    Decide,
    Dial,
    Enter,
    HangUp,
    Menu,
    Message,
    Node,
    Return,
    Say,
    Transfer,
    When,
)
from ivr.flow.walks import after_jump
from ivr.training.routes.ground import Arrival, Ground
from ivr.training.routes.holds import spoken_seconds
from ivr.training.routes.point import Pending, Point, Slot
from ivr.training.routes.terrain import SLOT, Terrain

__all__ = ["Walking"]

MOST_STEPS = 1000


class Walking:
    """One turn in the making, begun at a point at a time."""

    def __init__(self, ground: Ground, point: Point, now: datetime) -> None:
        self.ground = ground
        self.now = now
        self.point = point
        self._words: list[tuple[float, bool]] = []

    @property
    def terrain(self) -> Terrain:
        return self.ground.terrain(self.point.line)

    @property
    def node(self) -> Node:
        return self.terrain.tree.nodes[self.point.place]

    def begin(self) -> Arrival:
        """The first turn of a call: the notice, and what the line says first."""
        self.arrive()
        self._words.append((spoken_seconds(NOTICE), False))
        return self.settle()

    def say(self, prompt: Prompt, **values: str) -> None:
        """Counts the seconds of a prompt."""
        if prompt:
            tree, place = self.terrain.tree, self.point.place
            self._words.append((self._seconds(prompt, values), tree.barge_in(place)))

    def _seconds(self, prompt: Prompt, values: dict[str, str]) -> float:
        texts = [spoken_seconds(self._filled(text, values)) for text in prompt]
        seconds, draws = self.ground.luck.pick(texts, self.point.draws)
        if draws != self.point.draws:
            self.point = self.point._replace(draws=draws)
        return seconds

    def _filled(self, text: str, values: dict[str, str]) -> str:
        if "{" not in text:
            return text
        filled = SLOT.sub(lambda match: values.get(match[1], self.slot(match[1]).spoken), text)
        return without_gaps(" ".join(filled.split()))

    def slot(self, name: str) -> Slot:
        """What a slot holds; empty where nothing fills it."""
        if name.startswith("member."):
            member = self.ground.board.centre.members.get(self.point.member or "")
            fact = member.fact(name.removeprefix("member.")) if member else ""
            return Slot(name, fact, fact)
        return next((slot for slot in self.point.slots if slot.name == name), Slot(name, "", ""))

    def fill(self, slot: Slot) -> None:
        """Keeps a slot, where the line ever reads it."""
        if self.terrain.reads(slot.name):
            others = [kept for kept in self.point.slots if kept.name != slot.name]
            self.point = self.point._replace(slots=tuple(sorted([*others, slot])))

    def go(self, event: str) -> None:
        """Makes a move, and keeps stack, trail and counters in step, as the engine does."""
        point, node, here = self.point, self.node, self.point.place
        to = self.terrain.onward(here, event)
        if isinstance(node, Enter) and event == "enter":
            stack = (*point.stack, here)
        elif isinstance(node, Return) and event != "hang_up":
            stack = point.stack[:-1]
        else:
            stack = after_jump(point.stack, here, to)
        trail = point.trail
        if isinstance(node, (Menu, Collect, Message)):
            trail = (*trail[-30:], (here, point.stack))
        self.point = point._replace(place=to, stack=stack, trail=trail)
        self.arrive()

    def back(self) -> bool:
        """To the question before, if there is one."""
        if not self.point.trail:
            return False
        *trail, (place, stack) = self.point.trail
        self.point = self.point._replace(place=place, stack=stack, trail=tuple(trail))
        self.arrive()
        return True

    def arrive(self) -> None:
        """Counts a visit, and begins the place's ladders anew."""
        point = self.point
        most = self.terrain.most_visits.get(point.place)
        visits = point.visits
        if most is not None:
            counts = dict(visits)
            counts[point.place] = min(most, counts.get(point.place, 0) + 1)
            visits = tuple(sorted(counts.items()))
        self.point = point._replace(visits=visits, no_inputs=0, no_matches=0, pending=None)

    def settle(self) -> Arrival:
        """Walks on until something waits for the caller, or the call is over."""
        for _ in range(MOST_STEPS):
            match self.node:
                case Menu() | Collect() | Message():
                    return self.ask()
                case Transfer() as node:
                    arrival = self._transfer(node)
                    if arrival is not None:
                        return arrival
                case Callback() as node:
                    return self._end("callback", node.department or self.point.closed)
                case HangUp():
                    return self._end("disconnected", None)
                case _:
                    self._step()
        raise RecordError(f"the line {self.point.line} goes round for ever at {self.point.place}")

    def _step(self) -> None:
        match self.node:
            case Say() as node:
                self.say(node.prompt)
                for name, value in node.set.items():
                    self.fill(Slot(name, value, value))
                self.go("next")
            case Decide() as node:
                holding = (index for index, case in enumerate(node.cases) if self._holds(case.when))
                first = next(holding, None)
                self.go("otherwise" if first is None else f"case_{first + 1}")
            case Enter():
                self.go("enter")
            case Return():
                if not self.point.stack:
                    raise RecordError(f"there is nothing to return to from {self.point.place}")
                self.go(return_event(self.point.stack[-1]))
            case Dial() as node:
                self._dial(node)

    def ask(self, *, again: bool = False) -> Arrival:
        """Puts the question at hand."""
        node = self.node
        assert isinstance(node, (Menu, Collect, Message))
        returning = again or dict(self.point.visits).get(self.point.place, 0) > 1
        self.say(node.again if returning and node.again else node.prompt)
        return self.waiting()

    def waiting(self) -> Arrival:
        """The question waits for the caller."""
        return Arrival(self.point, "question", self.heard())

    def confirming(self, prompt: Prompt, pending: Pending, **values: str) -> Arrival:
        """Asks whether it was heard right."""
        self.point = self.point._replace(pending=pending)
        self.say(prompt, **values)
        return self.waiting()

    def heard(self) -> float:
        """Seconds of this turn that have to be listened to before the caller can act."""
        if not self.ground.barge_in:
            return sum(seconds for seconds, _ in self._words)
        last = max((index for index, (_, barge_in) in enumerate(self._words) if not barge_in), default=-1)
        return sum(seconds for seconds, _ in self._words[: last + 1])

    def _holds(self, when: When) -> bool:
        if when.slot is not None:
            value = self.slot(when.slot).value
            if when.filled is not None:
                return bool(value) is when.filled
            return value == when.equals if when.equals is not None else value in (when.one_of or ())
        if when.open is not None:
            return self.ground.board.centre.departments[when.open].is_open(self.now)
        visits = dict(self.point.visits).get(self.point.place, 0)
        counted = {"failures": self.point.failures, "asks": self.point.asks, "visits": visits}
        return counted[when.counter or "failures"] >= (when.at_least or 1)

    def _transfer(self, node: Transfer) -> Arrival | None:
        department = self.ground.board.centre.departments[node.department]
        if node.closed is None or department.is_open(self.now):
            self.say(node.prompt or ())
            return self._hold(node.department)
        self.point = self.point._replace(closed=node.department)
        hours = department.hours_in_words.removesuffix(".")
        self.say(self.terrain.tree.line.sayings.closed_now, department=department.name, hours=hours)
        self.go("closed")
        return None

    def _hold(self, name: str) -> Arrival:
        words = sum(seconds for seconds, _ in self._words)
        hold = self.ground.holds.seconds(self.point.line, name, self.point.draws)
        return Arrival(self.point, "hold", words, hold=hold, department=name)

    def _end(self, outcome: str, department: str | None) -> Arrival:
        return Arrival(self.point, "end", 0.0, outcome=outcome, department=department)

    def end_with_message(self, node: Message) -> Arrival:
        """A message was left."""
        return self._end("message", node.department or self.point.closed)

    def _dial(self, node: Dial) -> None:
        self.say(node.prompt or ())
        line, place = self.ground.answering(self.slot(node.slot).value or CARD_BACK)
        self.point = self.point._replace(
            line=line, place=place, stack=(), trail=(), visits=(), failures=0, asks=0, no_inputs=0, no_matches=0
        )
        self.arrive()
