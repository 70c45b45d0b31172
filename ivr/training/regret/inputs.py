"""A call's events, one group for each thing the caller did: what it meant, and what the line said then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ivr.call.entries import GRAMMARS
from ivr.call.events import (
    CallbackTaken,
    Confirming,
    Connected,
    Ended,
    EscapeAsked,
    Event,
    Filled,
    Heard,
    Held,
    Identified,
    MessageLeft,
    NotUnderstood,
    Said,
    Silent,
    UniversalAsked,
)
from ivr.call.pace import speaking_seconds
from ivr.flow.asking import Universal
from ivr.flow.nodes import Collect, Mask, Node
from ivr.grammar import Grammar, read_words
from ivr.training.routes.deeds import Asked, Chosen, Deed, Entered, Escaped, Failed, LeftMessage, Skipped, Unsure
from ivr.training.routes.point import Pending, Point, Slot

__all__ = ["Group", "deed_of", "groups"]

INPUTS = (Heard, Confirming, NotUnderstood, Silent, UniversalAsked, EscapeAsked, MessageLeft, Held, CallbackTaken)


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one thing done led to; `did` is the event that tells of it, and the call's first event for its beginning."""

    did: Event
    events: tuple[Event, ...]

    @property
    def words(self) -> float:
        """Seconds of what was said then."""
        return sum(speaking_seconds(event.words) for event in self.events if isinstance(event, Said))

    @property
    def connected(self) -> str | None:
        """The department that answered."""
        return next((event.department for event in self.events if isinstance(event, Connected)), None)

    @property
    def ended(self) -> bool:
        """Whether the call was over then."""
        return any(isinstance(event, Ended) for event in self.events)


def groups(events: Sequence[Event]) -> Iterator[Group]:
    """The call's beginning, then a group for each input; a hang-up is one of its own."""
    gathered: list[Event] = []
    for event in events:
        hung_up = isinstance(event, Ended) and event.outcome == "abandoned"
        begins = isinstance(event, INPUTS) or hung_up
        if begins and gathered:
            yield Group(did=gathered[0], events=tuple(gathered))
            gathered = []
        gathered.append(event)
    if gathered:
        yield Group(did=gathered[0], events=tuple(gathered))


def deed_of(group: Group, point: Point, node: Node, today: date) -> Deed | None:
    """What the caller did at `point`; None for what is not done at a question."""
    match group.did:
        case Heard(choice="skip"):
            return Skipped()
        case Heard() if isinstance(node, Collect):
            return _entry(group, point, node, today)
        case Heard(choice=choice):
            return Chosen(choice)
        case Confirming() as event:
            return _unsure(event, node)
        case NotUnderstood(reason=reason):
            return Failed("no_match", reason)
        case Silent():
            return Failed("no_input")
        case UniversalAsked(universal=universal):
            return Asked(Universal(universal))
        case EscapeAsked():
            return Escaped()
        case MessageLeft():
            return LeftMessage()
        case _:
            return None


def _entry(group: Group, point: Point, node: Collect, today: date) -> Entered:
    filled = next((event for event in group.events if isinstance(event, Filled)), None)
    member = next((event.member for event in group.events if isinstance(event, Identified)), None)
    slot = _slot(node, filled.shown if filled else "", today)
    return Entered(slot, member, confirmed=point.pending is not None)


def _unsure(event: Confirming, node: Node) -> Deed:
    if not isinstance(node, Collect):
        return Unsure(Pending("option", event.choice))
    slot = Slot(node.slot, event.words, event.words)
    return Entered(slot) if node.confirm else Unsure(Pending("value", event.choice, slot))


def _slot(node: Collect, shown: str, today: date) -> Slot:
    """A slot as it was kept, from as much of it as the event shows."""
    match node.masked:
        case Mask.HIDDEN:
            return Slot(node.slot, shown, "")
        case Mask.LAST4:
            return Slot(node.slot, shown[-4:], f"the number ending in {' '.join(shown[-4:])}")
        case _:
            grammar = GRAMMARS.get(node.entry, Grammar.DIGITS)
            return Slot(node.slot, read_words(grammar, shown, today) or shown, shown)
