"""Generated walks: every answer a caller could give, at every question that answers lead to.

A walk is the list of inputs from the start of a line. Only keys, or only words, are tried beside silence, so that both
ways through a tree are known to be whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ivr.call import CallerInput, CallRecord, CallSession, Ended, Listening, Pressed, Silent, Spoke, Switchboard, Turn
from ivr.call.events import Event
from ivr.flow.members import Member
from ivr.flow.nodes import Collect, Entry, Menu, Message
from ivr.flow.tree import Tree
from ivr.flow.words import LINK, spoken_options

Key = tuple[object, ...]
Answer = tuple[CallerInput, ...]

LADDER = 4
"""More failures in a row than any shipped ladder has rungs."""
NONSENSE = "purple monkey dishwasher"


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An answer given at a place, with the walk that ends in it. Some answers are one failure, again and again."""

    place: str
    walk: tuple[CallerInput, ...]


@dataclass(kw_only=True)
class Explored:
    """What was found: the places that calls came through, and every answer tried."""

    places: set[str] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)
    """Place and choice of everything that was understood."""
    edges: list[Edge] = field(default_factory=list)


def explore(board: Switchboard, line: str, place: str | None, by: str, now: datetime) -> Explored:
    """Everything that can be reached on a line, coming in at `place`, by `keys` or by `words`."""
    found = Explored()
    session = CallSession.arriving(board, line, call_id="CA1", seed=1, clock=lambda: now)
    if place is not None:
        session.record.place = place
    turn = session.begin()
    _remember(found, session.events)
    waiting: list[tuple[str, tuple[CallerInput, ...]]] = [(session.record.to_json(), ())]
    seen: set[Key] = {_key(session.record)}
    while waiting:
        stored, walk = waiting.pop(0)
        for answer in answers(board, CallRecord.from_json(stored), by):
            session = CallSession(board, CallRecord.from_json(stored), lambda: now)
            before = session.record.place
            turn = _heard(session, answer)
            _remember(found, session.events)
            onward = (*walk, *answer[: session.record.turn - len(walk)])
            found.edges.append(Edge(place=before, walk=onward))
            if not isinstance(turn.then, Ended) and (key := _key(session.record)) not in seen:
                seen.add(key)
                waiting.append((session.record.to_json(), onward))
    return found


def _heard(session: CallSession, answer: Answer) -> Turn:
    """The turn after an answer, or after as much of it as the question lasts for."""
    place = session.record.place
    turn = session.hear(answer[0])
    for heard in answer[1:]:
        if not isinstance(turn.then, Listening) or session.record.place != place:
            break
        turn = session.hear(heard)
    return turn


def _remember(found: Explored, events: list[Event]) -> None:
    found.places |= {event.place for event in events}
    found.chosen |= {(event.place, getattr(event, "choice", "")) for event in events if event.kind == "heard"}


def _key(record: CallRecord) -> Key:
    hold = record.hold and (record.hold.department, record.hold.announced)
    return (
        record.line,
        record.place,
        tuple(record.stack),
        record.member,
        record.pending is None,
        hold,
        record.asks > 0,
    )


def answers(board: Switchboard, record: CallRecord, by: str) -> Iterator[Answer]:
    """What a caller could do at this point of a call: anything right once, and failing until the ladder ends."""
    for heard in _answers(board, record, by):
        yield (heard,)
    if record.hold is None and record.pending is None:
        yield (Silent(),) * LADDER
        yield (_nonsense(board, record, by),) * LADDER


def _nonsense(board: Switchboard, record: CallRecord, by: str) -> CallerInput:
    if by == "words":
        return Spoke(words=NONSENSE)
    tree = board.centre.tree(record.line)
    node = tree.nodes[record.place]
    if not isinstance(node, Menu):
        return Pressed(keys="1**")
    bound = {option.keys for option in node.options} | {each.keys for each in tree.universals(record.place).values()}
    return Pressed(keys=next(key for key in "987654321" if key not in bound))


def _answers(board: Switchboard, record: CallRecord, by: str) -> Iterator[CallerInput]:
    yield Silent()
    if record.hold is not None:
        yield Pressed(keys="1") if by == "keys" else Spoke(words="call me back")
        return
    if record.pending is not None:
        yield from [Pressed(keys="1"), Pressed(keys="2")] if by == "keys" else [Spoke(words="yes"), Spoke(words="no")]
        return
    tree = board.centre.tree(record.line)
    yield from _by_keys(board, tree, record) if by == "keys" else _by_words(board, tree, record)


def _by_keys(board: Switchboard, tree: Tree, record: CallRecord) -> Iterator[CallerInput]:
    node = tree.nodes[record.place]
    if isinstance(node, Menu):
        yield from (Pressed(keys=option.keys) for option in node.options if option.keys)
    if isinstance(node, Collect):
        yield from (Pressed(keys=_keyed(node.entry, member, board)) for member in _members(board, record))
    for binding in tree.universals(record.place).values():
        if binding.keys and binding.keys != getattr(node, "finish_key", None):
            yield Pressed(keys=binding.keys)


def _by_words(board: Switchboard, tree: Tree, record: CallRecord) -> Iterator[CallerInput]:
    node = tree.nodes[record.place]
    for topic in spoken_options(tree, record.place, board.centre.vocabulary).values():
        yield Spoke(words=topic.name)
    if isinstance(node, Collect):
        yield from (Spoke(words=_spoken(node.entry, member, board)) for member in _members(board, record))
    if isinstance(node, Message):
        yield Spoke(words="it is about the practice card I was sent last week and I would like an answer please")


def _members(board: Switchboard, record: CallRecord) -> list[Member]:
    members = board.centre.members
    return [members[record.member]] if record.member else list(members.values())


def _keyed(entry: Entry, member: Member, board: Switchboard) -> str:
    """A right entry by keys."""
    match entry:
        case Entry.CARD_NUMBER | Entry.CARD_CODE | Entry.PIN | Entry.PHONE | Entry.ZIP:
            return str(getattr(member, entry))
        case Entry.SSN_LAST4 | Entry.TAX_ID_LAST4:
            return getattr(member, entry) or "0000"
        case Entry.DATE:
            return "0302"
        case Entry.TIME:
            return "0930"
        case Entry.CURRENCY:
            return "42*10"
        case Entry.RESERVATION:
            return member.reservations[0] if member.reservations else "0000"
        case Entry.DIALLED_NUMBER:
            return board.centre.directory.numbers[0].number.removeprefix("+")
        case Entry.TEXT:
            return "*"
        case _:
            return "12345"


def _spoken(entry: Entry, member: Member, board: Switchboard) -> str:
    """The same in words."""
    match entry:
        case Entry.DATE:
            return "march second"
        case Entry.TIME:
            return "nine thirty a m"
        case Entry.CURRENCY:
            return "forty two dollars and ten cents"
        case Entry.TEXT:
            return "Example Stationers"
        case _:
            return " ".join(_DIGITS.get(key, key) for key in _keyed(entry, member, board))


_DIGIT_WORDS = "zero one two three four five six seven eight nine"
_DIGITS = {str(digit): word for digit, word in enumerate(_DIGIT_WORDS.split(" "))}


def option_events(tree: Tree, board: Switchboard, place: str) -> set[str]:
    """Everything that words can choose at a menu, universals apart."""
    options = spoken_options(tree, place, board.centre.vocabulary)
    return {event for event in options if event.startswith(("press_", "say_", LINK))}
