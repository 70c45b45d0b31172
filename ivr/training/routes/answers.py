"""What a caller who has everything ready keys or says where an entry is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ivr.call.entries import GRAMMARS, PracticeList, Refused, read_entry
from ivr.call.input import Pressed, Spoke
from ivr.flow.centre import ContactCentre
from ivr.flow.members import Member
from ivr.flow.nodes import Collect, Entry
from ivr.grammar import Grammar, read_keys, read_words
from ivr.training.routes.deeds import Entered
from ivr.training.routes.point import Slot

__all__ = ["Answer", "Caller", "answers"]

_DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = dict(zip("0123456789", _DIGIT_WORDS, strict=True))
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")

MADE_UP = {
    Entry.DATE: "today",
    Entry.TIME: "nine thirty a m",
    Entry.CURRENCY: "forty dollars",
    Entry.NUMBER: "ten",
    Entry.TEXT: "Sample Store",
    Entry.ALPHANUMERIC: "1234",
}
"""What a caller says where no fact is known and any answer will do."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who calls: a practice member, and what is known besides, by slot, in the words the caller would use."""

    member: str
    facts: Mapping[str, str] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    """What the member has and this caller has not to hand."""
    numbers: tuple[str, ...] = ()
    """Those that are right to dial, in E.164, or CARD_BACK; without any, every number is."""

    def would_dial(self, number: str) -> bool:
        """Whether it is right to dial `number`, or CARD_BACK."""
        return not self.numbers or number in self.numbers


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An entry that the line accepts: how it is keyed, how it is said, and what it is kept as. Either way may lack."""

    keys: str | None
    words: str | None
    entered: Entered


def answers(
    node: Collect, caller: Caller, centre: ContactCentre, identified: str | None, today: date
) -> Iterator[Answer]:
    """Every answer worth giving at `node`: one, but for a lobby that asks which number would be dialled."""
    practice = PracticeList(members=centre.members, directory=centre.directory, member=identified)
    for keys, words in _spelt(node, caller, centre, today):
        pressed = keys and read_entry(node, Pressed(keys=keys), practice, today)
        spoke = words and read_entry(node, Spoke(words=words), practice, today)
        kept = next((each for each in (pressed, spoke) if each and not isinstance(each, Refused)), None)
        if kept is not None:
            yield Answer(
                keys=keys if pressed == kept else None,
                words=words if spoke == kept else None,
                entered=Entered(Slot(node.slot, kept.value, kept.spoken), kept.member),
            )


def _spelt(node: Collect, caller: Caller, centre: ContactCentre, today: date) -> Iterator[tuple[str | None, str]]:
    member = centre.members[caller.member]
    if node.entry is Entry.DIALLED_NUMBER:
        for listing in centre.directory.numbers:
            if caller.would_dial(listing.number):
                yield listing.number[2:], _aloud(listing.number[2:])
        return
    known = caller.facts.get(node.slot) or _held(node, member)
    if known is None or node.entry in caller.lacks:
        return
    grammar = GRAMMARS.get(node.entry, Grammar.DIGITS)
    if known.isalnum() and known.upper() == known:
        yield known.translate(_LETTERS), _aloud(known)
        return
    value = read_words(grammar, known, today)
    yield (_keyed(grammar, value, today) if value else None), known


def _held(node: Collect, member: Member) -> str | None:
    """What the member has at hand for this entry."""
    match node.entry:
        case Entry.CARD_NUMBER | Entry.CARD_CODE | Entry.PIN | Entry.ZIP | Entry.PHONE:
            return str(getattr(member, node.entry))
        case Entry.SSN_LAST4:
            return member.ssn_last4
        case Entry.TAX_ID_LAST4:
            return member.tax_id_last4
        case Entry.RESERVATION:
            return member.reservations[0] if member.reservations else None
        case Entry.DIGITS:
            return "1234567890"[: node.digits.min if node.digits else 4].ljust(
                node.digits.min if node.digits else 0, "0"
            )
        case Entry.TEXT if node.slot.endswith("name"):
            return member.name.split()[0]
        case _:
            return MADE_UP[node.entry]


def _aloud(code: str) -> str:
    return " ".join(_DIGITS.get(sign, sign.lower()) for sign in code)


def _keyed(grammar: Grammar, value: str, today: date) -> str | None:
    """The fewest keys that mean `value`; None where keys cannot."""
    match grammar:
        case Grammar.DATE:
            year, month, day = value.split("-")
            short = month + day
            return short if read_keys(grammar, short, today) == value else short + year
        case Grammar.CURRENCY:
            return value.removesuffix(".00").replace(".", "*")
        case Grammar.TIME:
            return value.replace(":", "")
        case Grammar.TEXT:
            return None
        case _:
            return value.translate(_LETTERS)
