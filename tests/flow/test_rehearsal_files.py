"""Scenarios and representatives: the shipped ones are right, and whatever is wrong is told with its line."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.errors import FlowError
from ivr.flow.centre import ContactCentre, check_rehearsals, load_centre
from ivr.flow.folder import SCENARIO
from ivr.flow.parsing import parse
from ivr.flow.rehearsal import Representatives, Scenarios
from ivr.flow.source import source_of

SCENARIOS = "scenarios/dispute.yaml"
WRONG = {
    "unknown key": (
        '    code: "201"\n',
        '    kode: "201"\n',
        ["the key 'code' is missing in dispute", "unknown key 'kode'"],
    ),
    "unknown member": ("member: pat-sample", "member: pat", ["unknown member 'pat', expected one of pat-sample"]),
    "unknown reason": ("reason: dispute", "reason: disputes", ["unknown reason 'disputes', expected one of lost-card"]),
    "unknown number": ("1-800-528-2122]", "1-800-528-2123]", ["nothing answers 1-800-528-2123", "card-back"]),
    "a code twice": ('code: "202"', 'code: "201"', ["the code 201 is that of dispute already"]),
    "a fact too few": ('      amount: "84.20"\n', "", ["the reason dispute asks for 'amount', and no fact answers it"]),
    "a fact too many": ('      amount: "84.20"', '      amount: "84.20"\n      bank: Demo', ["never asks for 'bank'"]),
    "a fact that cannot be read": ('"84.20"', "a lot", ["'a lot' cannot be read as a currency"]),
    "no time zone": ("T10:00-05:00", "T10:00", ["at: input should have timezone info"]),
    "nobody there": ("T10:00-05:00", "T03:00-05:00", ["every right department is closed"]),
    "not unclear": (
        "unclear: [merchant",
        "unclear: [shop",
        ["unknown unclear detail 'shop', expected one of merchant"],
    ),
    "misrouted to the right one": (
        "twists: {",
        "twists: {misrouted: billing, ",
        ["unknown wrong department 'billing'"],
    ),
    "closed while open": ("twists: {", "twists: {closed: account, ", ["account is open at"]),
    "unknown line": ("twists: {", "twists: {lines: {personal: new}, ", ["unknown line 'new', expected one of"]),
    "unknown follow-up": ("follow_ups: [message]", "follow_ups: [letter]", ["unknown follow-up 'letter'"]),
    "nothing to verify with": (
        "    follow_ups: [message]",
        "    lacks: [card_number, ssn_last4]",
        ["nothing is left to verify the caller with"],
    ),
    "unknown placeholder": (
        "    follow_ups: [message]",
        "    resolution: Done with {shop}.",
        ["nothing fills {shop}, expected one of merchant"],
    ),
}


def told_of(centre: ContactCentre, text: str) -> str:
    """Every problem of the file, were `text` what stands in it."""
    source = source_of(text, SCENARIOS)
    file, problems = parse(Scenarios, source)
    scenarios = file.scenarios if file else {}
    sources = {**centre.sources, **{SCENARIO + name: source for name in scenarios}}
    found = [*problems, *check_rehearsals(replace(centre, scenarios=scenarios, sources=sources))]
    return "\n".join(map(str, found))


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_line(name: str, shipped: ContactCentre, shipped_folder: Path) -> None:
    old, new, told = WRONG[name]
    text = (shipped_folder / SCENARIOS).read_text()
    assert old in text

    message = told_of(shipped, text.replace(old, new, 1))

    assert all(part in message for part in told), message
    assert all(line.startswith(f"{SCENARIOS}:") for line in message.splitlines())


def test_representatives_name_what_is_there(shipped: ContactCentre, shipped_folder: Path) -> None:
    text = (
        (shipped_folder / "representatives.yaml")
        .read_text()
        .replace("departments: [billing]", "departments: [bills]", 1)
    )
    text = text.replace("details: [merchant, amount, charge_date]", "details: [merchant, amount, day]", 1)
    source = source_of(text, "representatives.yaml")
    representatives, _ = parse(Representatives, source)
    sources = {**shipped.sources, "representatives.yaml": source}

    told = [str(each) for each in check_rehearsals(replace(shipped, representatives=representatives, sources=sources))]

    assert any("unknown department 'bills'" in each for each in told)
    assert any("unknown detail 'day'" in each for each in told)


def test_a_scenario_stands_once(tmp_path: Path, shipped_folder: Path) -> None:
    copied = Path(shutil.copytree(shipped_folder, tmp_path / "flows"))
    shutil.copy(copied / SCENARIOS, copied / "scenarios" / "twice.yaml")
    with pytest.raises(FlowError, match="there is a scenario 'dispute' already, in"):
        load_centre(copied, rules=False)


def test_scenarios_need_representatives(shipped: ContactCentre) -> None:
    told = check_rehearsals(replace(shipped, representatives=None))
    assert "there is no representatives.yaml" in str(told[0])


def test_a_centre_needs_no_scenarios(small: ContactCentre) -> None:
    assert small.representatives is None
    assert small.scenarios == {}
