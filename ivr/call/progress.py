"""A turn in the making: the record, what has been said so far, and the few things that can be done to a call."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from ivr.call.chance import draw
from ivr.call.events import Ended as EndedEvent
from ivr.call.events import Event, Said
from ivr.call.record import CallRecord
from ivr.call.switchboard import Switchboard
from ivr.call.turn import Ended, Holding, Listening, Outcome, Turn, Words
from ivr.flow.closed import Prompt
from ivr.flow.departments import Department
from ivr.flow.nodes import Collect, Enter, Menu, Message, Node, Return
from ivr.flow.tree import Place, Tree
from ivr.flow.walks import after_jump

__all__ = ["Progress", "without_gaps"]

_LAST_MOVES = {
    Outcome.CONNECTED: "connected",
    Outcome.ABANDONED: "hang_up",
    Outcome.DISCONNECTED: "disconnected",
    Outcome.MESSAGE: "left",
    Outcome.CALLBACK: "called_back",
}
_SLOT = re.compile(r"\{([^{}]+)\}")
_GAP = re.compile(r",? (?=[?.!,](?:\s|$))")


class Progress:
    """One turn of one call while it is made. The only thing that changes a record."""

    def __init__(
        self, board: Switchboard, record: CallRecord, now: datetime, before: Callable[[], Sequence[Event]] = tuple
    ) -> None:
        self.board = board
        self.record = record
        self.now = now
        self._before = before
        self.words: list[Words] = []
        self.events: list[Event] = []

    @property
    def tree(self) -> Tree:
        """The tree of the line the caller is on."""
        return self.board.centre.trees[self.record.line]

    @property
    def place(self) -> Place:
        """Where the call is."""
        return self.record.place

    @property
    def node(self) -> Node:
        """The node there."""
        return self.tree.nodes[self.place]

    @property
    def scene(self) -> datetime:
        """The time by which departments open and dates are read: now, or what it is in the scenario rehearsed."""
        rehearsal = self.record.rehearsal
        if rehearsal is None:
            return self.now
        return datetime.fromisoformat(rehearsal.scene) + timedelta(seconds=self.record.elapsed(self.now))

    def history(self) -> tuple[Event, ...]:
        """All that happened on this call so far, in order."""
        return (*self._before(), *self.events)

    def department(self, name: str) -> Department:
        """A department of the centre."""
        return self.board.centre.departments[name]

    def note(self, kind: type[Event], **values: object) -> None:
        """Appends an event at this time and place."""
        self.events.append(kind(at=self.now, place=self.place, **values))

    def chance(self) -> float:
        """A draw from 0 up to 1, the same whenever the call is replayed."""
        return draw(self.record)

    def say(self, prompt: Prompt, **values: str) -> None:
        """Says one of a prompt's alternatives."""
        self.say_as(self.tree.voice(self.place), prompt, values)

    def say_as(self, voice: str | None, prompt: Prompt, values: Mapping[str, str], speaker: str | None = None) -> None:
        """The same in another voice, which may be a person's. `values` are looked up before the caller's slots."""
        if not prompt:
            return
        text = prompt[0] if len(prompt) == 1 else prompt[int(self.chance() * len(prompt))]
        speech = self.tree.speech(self.place)
        self.tell(
            Words(
                text=self._filled(text, values),
                language=speech.language,
                voice=voice,
                speaker=speaker,
                barge_in=speech.barge_in,
            )
        )

    def tell(self, words: Words) -> None:
        """Says words as they stand."""
        self.words.append(words)
        self.note(Said, words=words.text)

    def _filled(self, text: str, values: Mapping[str, str]) -> str:
        def held(match: re.Match[str]) -> str:
            return values.get(match[1], self.slot(match[1], spoken=True))

        return _tidy(_SLOT.sub(held, text)) if "{" in text else _tidied(text)

    def slot(self, name: str, *, spoken: bool = False) -> str:
        """What a slot holds, or how a prompt says it; empty where nothing fills it."""
        if name.startswith("member."):
            member = self.board.centre.members.get(self.record.member or "")
            return member.fact(name.removeprefix("member.")) if member else ""
        held = self.record.spoken if spoken else self.record.slots
        return held.get(name, "")

    def fill(self, slot: str, value: str, spoken: str | None = None) -> None:
        """Keeps a value in a slot."""
        self.record.slots[slot] = value
        self.record.spoken[slot] = value if spoken is None else spoken

    def go(self, event: str) -> None:
        """Makes a move of the chart, and keeps the return stack, the trail and the counters in step."""
        record, here, node, stack = self.record, self.place, self.node, list(self.record.stack)
        record.place = self.board.chart(record.line).go(here, event)
        if isinstance(node, Enter) and event == "enter":
            record.stack.append(here)
        elif isinstance(node, Return) and event != "hang_up":
            record.stack.pop()
        else:
            record.stack = list(after_jump(tuple(record.stack), here, record.place))
        if isinstance(node, (Menu, Collect, Message)):
            record.trail = [*record.trail[-30:], [here, *stack]]
        self.arrive()

    def arrive(self) -> None:
        """Counts a visit, and begins the place's ladders anew."""
        record = self.record
        record.visits[record.place] = record.visits.get(record.place, 0) + 1
        record.no_inputs = record.no_matches = 0
        record.pending = None

    def turn(self, then: Listening | Holding | Ended) -> Turn:
        """The turn as it stands now."""
        return Turn(number=self.record.turn, place=self.place, words=tuple(self.words), then=then)

    def end(self, outcome: Outcome, department: str | None = None) -> Turn:
        """Ends the call at this place."""
        place, seconds = self.place, self.record.elapsed(self.now)
        self.record.outcome = outcome
        self.record.hold = None
        self.record.pending = None
        self.note(EndedEvent, outcome=outcome, department=department, seconds=seconds, turns=self.record.turn)
        ended = Ended(outcome=outcome, department=department, place=place, seconds=seconds, turns=self.record.turn)
        turn = self.turn(ended)
        self.go(_LAST_MOVES[outcome])
        return turn


def _tidy(text: str) -> str:
    return without_gaps(" ".join(text.split()))


_tidied = lru_cache(maxsize=4096)(_tidy)
"""Of what a file says as it stands, and never of what a caller put into it."""


def without_gaps(text: str) -> str:
    """A sentence without the comma before nothing: ", {first_name}?" of a caller without a name."""
    return _GAP.sub("", text)
