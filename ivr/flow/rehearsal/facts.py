"""The checklist of a scenario: everything a caller should have at hand, and how each is said and keyed."""

from dataclasses import dataclass

from ivr.flow.members import Member
from ivr.flow.rehearsal.representative import Representatives
from ivr.flow.rehearsal.scenario import Scenario
from ivr.flow.rehearsal.values import fact_value

__all__ = ["Ready", "checklist"]

_SHEET = (
    ("card_number", "card number"),
    ("card_code", "four-digit code on its front"),
    ("ssn_last4", "last four of the Social Security number"),
    ("tax_id_last4", "last four of the tax ID"),
    ("zip", "ZIP code"),
    ("pin", "PIN, for the keypad of a machine only"),
)
"""What the practice sheet of a member has, with how a checklist calls it."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """One line of a checklist. `value` is for the eyes; `spoken` and `keys` are None for what cannot be said or keyed.

    `from_sheet` marks what comes from the member's practice sheet: it may be shown, and is never kept of a call.
    """

    item: str
    name: str
    value: str
    spoken: str
    keys: str | None
    from_sheet: bool = False


def checklist(scenario: Scenario, member: Member, people: Representatives) -> tuple[Ready, ...]:
    """What to have ready: the member's name and numbers but for those that are lacking, then the details in order."""
    name = Ready(item="name", name="name", value=member.name, spoken=member.name, keys=None)
    return (name, *_sheet(scenario, member), *_details(scenario, people))


def _sheet(scenario: Scenario, member: Member) -> list[Ready]:
    values = {key: getattr(member, key) for key, _ in _SHEET if key not in scenario.lacks}
    return [
        Ready(item=key, name=name, value=values[key], spoken=" ".join(values[key]), keys=values[key], from_sheet=True)
        for key, name in _SHEET
        if values.get(key) is not None
    ]


def _details(scenario: Scenario, people: Representatives) -> list[Ready]:
    found = []
    for name in people.reasons[scenario.reason].details:
        detail = people.details[name]
        fact = fact_value(scenario.facts[name], detail, scenario.at)
        if fact is not None:
            found.append(Ready(item=name, name=detail.name, value=fact.spoken, spoken=fact.spoken, keys=fact.keys))
    return found
