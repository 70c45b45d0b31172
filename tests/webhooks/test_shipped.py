"""The shipped trees over signed webhooks: every number of the directory, every department, by keys and by words."""

from collections.abc import Callable, Iterator
from dataclasses import asdict

import pytest

from ivr.flow.centre import ContactCentre, shipped_flows
from ivr.flow.directory import Directory
from ivr.flow.parsing import parse
from ivr.flow.source import read_source
from ivr.harness import Call
from ivr.harness.events import Heard
from tests.webhooks.conftest import LOBBY, PracticeLine

Line = Callable[..., PracticeLine]


def directory() -> Directory:
    path = shipped_flows() / "directory.yaml"
    found, _ = parse(Directory, read_source(path, path.name))
    assert found is not None
    return found


NUMBERS = {listing.number: listing.line for listing in directory().numbers}

DEPARTMENTS = {
    "lost-stolen": ("1", "lost card"),
    "billing": ("2", "billing"),
    "account": ("3", "account management"),
    "rewards": ("4", "reward points"),
    "business": ("5", "business card"),
    "fraud": ("61", "fraud"),
    "travel": ("62", "travel"),
    "activation": ("63", "activate my new card"),
    "roadside": ("64", "roadside assistance"),
    "international": ("65", "international assistance"),
    "general": ("66", "general inquiries"),
}
"""The keys and the words that lead to each from the general line."""


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_directory_is_answered_by_its_line(line: Line, shipped: ContactCentre, number: str) -> None:
    practice = line(shipped)
    call = practice.call(number)
    assert asdict(practice.events(call)[0])["line"] == NUMBERS[number]
    assert call.warnings == ()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_lobby_connects_to_every_number(line: Line, shipped: ContactCentre, number: str) -> None:
    practice = line(shipped)
    call = practice.call(LOBBY).press(number.removeprefix("+"))
    dialled = [asdict(event) for event in practice.events(call) if event.kind == "dialled"]
    assert [each["line"] for each in dialled] == [NUMBERS[number]]


def test_pound_out_of_habit_after_a_whole_number_interrupts_nothing(line: Line, shipped: ContactCentre) -> None:
    practice = line(shipped)
    call = practice.call(LOBBY).press("18005284800#")
    call.listen()
    assert [event.text for event in call.transcript if isinstance(event, Heard)].count("Connecting you now.") == 1
    assert "press 1" in call.just_heard
    assert [event.kind for event in practice.events(call)].count("not-understood") == 0


def test_the_lobby_takes_star_for_the_back_of_the_card(line: Line, shipped: ContactCentre) -> None:
    practice = line(shipped)
    call = practice.call(LOBBY).press("*")
    assert [asdict(event)["line"] for event in practice.events(call) if event.kind == "dialled"] == ["personal"]


@pytest.mark.parametrize("number", NUMBERS)
def test_whoever_only_waits_gets_to_an_end_that_is_no_bare_hang_up(
    line: Line, shipped: ContactCentre, number: str
) -> None:
    practice = line(shipped)
    call = practice.call(number)
    for _ in patience(call):
        call.wait()
    assert call.ended
    assert asdict(practice.events(call)[-1])["outcome"] in ("connected", "message", "callback")
    assert call.warnings == ()


@pytest.mark.parametrize("by", ["keys", "words"])
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_department_is_reached(line: Line, shipped: ContactCentre, department: str, by: str) -> None:
    practice = line(shipped)
    keys, words = DEPARTMENTS[department]
    call = practice.call("+18005282122")
    if by == "keys":
        call.press("W".join(keys))
    else:
        call.say(words)
    for _ in patience(call):
        answer(call)
    ended = asdict(practice.events(call)[-1])
    assert (ended["outcome"], ended["department"]) == ("connected", department)
    assert call.warnings == ()


def patience(call: Call) -> Iterator[int]:
    """As long as the call goes on, and no longer than anybody would."""
    for number in range(60):
        if call.ended:
            return
        yield number


def answer(call: Call) -> None:
    """What a caller who has the card at hand does at a question on the way."""
    heard = call.just_heard.lower()
    if "code" in heard:
        call.press("1234")
    elif "card number" in heard or "number on" in heard:
        call.press("378282246310005")
    else:
        call.wait()
