"""Answers: what a caller who knows their case says or keys to a question."""

import re
from dataclasses import dataclass
from typing import Literal

from ivr.errors import RecordError
from ivr.flow.centre import ContactCentre
from ivr.flow.members import Member
from ivr.flow.rehearsal import Lack, Representatives, Scenario
from ivr.flow.rehearsal.facts import checklist
from ivr.grammar import Grammar
from ivr.training.callers.acts import Act, Press, Say

__all__ = ["Case", "at_a_machine", "to_a_person"]

By = Literal["keys", "speech"]
NOT_HAD_KEY = "*"
FINISH = "#"
_OPEN_ENDED = (Grammar.DATE, Grammar.CURRENCY, Grammar.NUMBER)
"""Entries that are not full by themselves."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a caller has in front of them."""

    scenario: Scenario
    member: Member
    people: Representatives

    @classmethod
    def of(cls, centre: ContactCentre, scenario: str) -> "Case":
        """The case of a scenario, by its name. Raises RecordError where the centre has none such."""
        if centre.representatives is None or scenario not in centre.scenarios:
            raise RecordError(f"there is no scenario '{scenario}'")
        what = centre.scenarios[scenario]
        return cls(scenario=what, member=centre.members[what.member], people=centre.representatives)

    @property
    def reason(self) -> str:
        """The reason in a few words."""
        return self.people.reasons[self.scenario.reason].name

    def lacks(self, *items: Lack) -> bool:
        """Whether all of these are not to hand."""
        return all(item in self.scenario.lacks or getattr(self.member, item) is None for item in items)

    def fact(self, detail: str) -> tuple[str, str | None] | None:
        """How a detail is said and keyed."""
        ready = {each.item: each for each in checklist(self.scenario, self.member, self.people)}
        return (ready[detail].spoken, ready[detail].keys) if detail in ready else None


def to_a_person(case: Case, question: str, by: By) -> Act | None:
    """The plain answer to a representative's question; None for one that has no such answer."""
    match question:
        case "ask_name":
            return _either(by, Say(f"This is {case.member.name}, and I'm calling about {case.reason}."), Press("1"))
        case "ask_reason" | "other_reason":
            return _either(by, Say(f"It's about {case.reason}."), Press("1"))
        case "confirm_name" | "confirm_reason" | "confirm_detail":
            return _either(by, Say("Yes."), Press("1"))
        case "ask_card_ending":
            return _digits(by, "" if case.lacks(Lack.CARD_NUMBER) else case.member.card_number[-4:])
        case "ask_last_four":
            nothing = case.lacks(Lack.SSN_LAST4, Lack.TAX_ID_LAST4)
            return _digits(by, "" if nothing else case.member.ssn_last4 or case.member.tax_id_last4 or "")
        case "ask_zip":
            return _digits(by, case.member.zip)
        case _ if question.startswith(("detail:", "unclear:")):
            return _detail(case, question.partition(":")[2], by)
        case _:
            return None


def _detail(case: Case, detail: str, by: By) -> Act:
    fact = case.fact(detail)
    if fact is None:
        return _either(by, Say("I don't have that."), Press(NOT_HAD_KEY))
    spoken, keys = fact
    if keys is None:  # what keys cannot say is read out once any key is pressed
        return _either(by, Say(spoken), Press("1"))
    ends = FINISH if case.people.details[detail].entry in _OPEN_ENDED else ""
    return _either(by, Say(spoken), Press(keys + ends))


def _digits(by: By, digits: str) -> Act:
    if not digits:
        return _either(by, Say("I don't have it with me."), Press(NOT_HAD_KEY))
    return _either(by, Say(" ".join(digits)), Press(digits))


def _either(by: By, words: Act, keys: Act) -> Act:
    return words if by == "speech" else keys


_MACHINE = (
    (re.compile(r"digits of your practice card|practice card number", re.I), Lack.CARD_NUMBER, "card_number"),
    (re.compile(r"four-digit code", re.I), Lack.CARD_CODE, "card_code"),
    (
        re.compile(r"last four digits of the practice Social|last four digits, please", re.I),
        Lack.SSN_LAST4,
        "ssn_last4",
    ),
    (re.compile(r"tax ID", re.I), Lack.TAX_ID_LAST4, "tax_id_last4"),
    (re.compile(r"PIN", re.I), Lack.PIN, "pin"),
    (re.compile(r"new five-digit ZIP", re.I), None, "new_zip"),
    (re.compile(r"ZIP", re.I), None, "zip"),
)
"""What machines ask for, by words in the question: what of it may be lacking, and where its answer is."""


def at_a_machine(case: Case, heard: str) -> Act | None:
    """The entry a machine asks for, keyed; a star for what is not to hand. None where it asks for none."""
    last = heard.rstrip(". ").rpartition(". ")[2] if heard.count(". ") else heard
    for words, lack, item in _MACHINE:
        if words.search(heard) and "press 2" not in last:
            fact = case.fact(item)
            value = fact[1] if fact else getattr(case.member, item, None)
            missing = value is None or (lack is not None and case.lacks(lack))
            return Press(NOT_HAD_KEY if missing else f"{value}")
    return _detail_at_a_machine(case, heard)


def _detail_at_a_machine(case: Case, heard: str) -> Act | None:
    asks = {"date": "charge_date", "merchant": "merchant", "missing": "missed_on", "street": "new_street"}
    if re.search(r"is that right|press 1 or say yes", heard, re.I):
        return Press("1")
    if re.search(r"how much was", heard, re.I):
        fact = case.fact("amount")
        return Press(fact[1] + FINISH) if fact and fact[1] else Press("1" + FINISH)
    for word, detail in asks.items():
        if re.search(rf"(?:what|when|which|the name)[^.]*\b{word}\b", heard, re.I):
            fact = case.fact(detail)
            if fact is None:
                return Press(NOT_HAD_KEY)
            return Press(fact[1] + FINISH) if fact[1] else Say(fact[0])
    return None
