"""Entries: what was keyed or said, checked against the practice list, and how much of it may be kept.

Practice numbers only: a number that should be on the practice list and is not is never kept, shown or said back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from ivr.call.input import Pressed, Spoke
from ivr.errors import NumberError
from ivr.flow.directory import Directory
from ivr.flow.members import Member
from ivr.flow.nodes import Collect, Entry, Mask
from ivr.frozen import frozen
from ivr.grammar import Grammar, read_keys, read_words, redact, say_value

__all__ = ["Entered", "PracticeList", "Refused", "read_entry"]

GRAMMARS = {
    Entry.DATE: Grammar.DATE,
    Entry.TIME: Grammar.TIME,
    Entry.CURRENCY: Grammar.CURRENCY,
    Entry.NUMBER: Grammar.NUMBER,
    Entry.TEXT: Grammar.TEXT,
    Entry.ALPHANUMERIC: Grammar.ALPHANUMERIC,
    Entry.RESERVATION: Grammar.ALPHANUMERIC,
    Entry.PHONE: Grammar.PHONE,
    Entry.DIALLED_NUMBER: Grammar.PHONE,
}
"""Everything else is digits."""

_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
GIVEN = "given"
"""What a hidden slot holds: that something was given, and nothing of it."""


@frozen
class PracticeList:
    """The numbers that are accepted, and whose turn it is."""

    members: Mapping[str, Member]
    directory: Directory
    member: str | None

    def holders(self) -> list[tuple[str, Member]]:
        """Who an entry may belong to: the member identified, or any."""
        if self.member is not None and self.member in self.members:
            return [(self.member, self.members[self.member])]
        return list(self.members.items())


@frozen
class Entered:
    """An entry as it may be kept: its value, how events show it, how prompts say it, and whom it identifies."""

    value: str
    shown: str
    spoken: str
    member: str | None = None


@frozen
class Refused:
    """Why an entry does not count."""

    reason: Literal["invalid", "not-practice", "mismatch"]


def read_entry(node: Collect, heard: Pressed | Spoke, practice: PracticeList, today: date) -> Entered | Refused:
    """The entry that keys or words mean at `node`."""
    grammar = GRAMMARS.get(node.entry, Grammar.DIGITS)
    match heard:
        case Pressed(keys=keys):
            value = read_keys(grammar, keys, today)
        case Spoke(words=words):
            value = read_words(grammar, words, today)
    if value is None or not _fits(node, value):
        return Refused(reason="invalid")
    checked = _checked(node.entry, value, practice)
    if isinstance(checked, Refused):
        return checked
    return _masked(node, grammar, checked)


@frozen
class _Checked:
    value: str
    member: str | None = None


def _fits(node: Collect, value: str) -> bool:
    return node.digits is None or node.digits.min <= len(value) <= node.digits.max


def _checked(entry: Entry, value: str, practice: PracticeList) -> _Checked | Refused:
    """Whether the practice list allows `value`, and whom it identifies."""
    match entry:
        case Entry.CARD_NUMBER | Entry.SSN_LAST4 | Entry.TAX_ID_LAST4:
            return _identifying(entry, value, practice)
        case Entry.CARD_CODE | Entry.PIN:
            known = any(getattr(member, entry) == value for _, member in practice.holders())
            return _Checked(value=value) if known else _not_theirs(entry, value, practice)
        case Entry.RESERVATION:
            codes = [code for _, member in practice.holders() for code in member.reservations]
            found = next((code for code in codes if value.upper() in (code, code.translate(_LETTERS))), None)
            return _Checked(value=found) if found else Refused(reason="not-practice")
        case Entry.PHONE:
            is_practice = len(value) == 10 and value[3:8] == "55501"
            return _Checked(value=value) if is_practice else Refused(reason="not-practice")
        case Entry.DIALLED_NUMBER:
            return _listed(value, practice.directory)
        case _:
            return _Checked(value=value)


def _identifying(entry: Entry, value: str, practice: PracticeList) -> _Checked | Refused:
    for key, member in practice.holders():
        if getattr(member, entry) == value:
            return _Checked(value=value, member=key)
    return _not_theirs(entry, value, practice)


def _not_theirs(entry: Entry, value: str, practice: PracticeList) -> Refused:
    others = any(getattr(member, entry) == value for member in practice.members.values())
    return Refused(reason="mismatch" if others else "not-practice")


def _listed(value: str, directory: Directory) -> _Checked | Refused:
    try:
        return _Checked(value=directory.listing(value).number)
    except NumberError:
        return Refused(reason="invalid")


def _masked(node: Collect, grammar: Grammar, checked: _Checked) -> Entered:
    """As much of the entry as its mask allows. What a member is known by is kept as the member, never as a number."""
    ending = checked.value[-4:]
    match node.masked:
        case Mask.HIDDEN:
            return Entered(value=GIVEN, shown=GIVEN, spoken="", member=checked.member)
        case Mask.LAST4:
            spoken = f"the number ending in {' '.join(ending)}"
            return Entered(value=ending, shown=f"ending in {ending}", spoken=spoken, member=checked.member)
        case Mask.NONE if node.entry is Entry.TEXT:
            words = redact(checked.value)
            return Entered(value=words, shown=words, spoken=words)
        case Mask.NONE:
            spoken = say_value(grammar, checked.value)
            return Entered(value=checked.value, shown=spoken, spoken=spoken, member=checked.member)
