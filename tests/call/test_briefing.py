"""The lobby, where a scenario's number may be keyed."""

from collections.abc import Callable
from typing import Any

import pytest

from ivr.call.events import event_to_json

Lobby = Callable[..., Any]


def test_a_scenarios_number_begins_a_rehearsal(lobby: Lobby) -> None:
    caller = lobby().go("press *201#", "press 2")

    (began,) = caller.events("rehearsal-began")
    assert (began.scenario, began.stage, began.trainee) == ("dispute", "practice", None)
    assert "You are Pat Sample." in caller.heard
    assert "Which number would you dial?" in caller.heard


def test_it_can_be_said(lobby: Lobby) -> None:
    caller = lobby().go("say scenario two oh one", "say a test")

    assert [event.stage for event in caller.events("rehearsal-began")] == ["test"]


def test_an_unknown_number_is_told_and_the_lobby_asks_again(lobby: Lobby) -> None:
    caller = lobby().go("press *999#")

    assert caller.heard.startswith("There is no scenario with that number. Which number would you dial?")
    assert caller.session.record.rehearsal is None


@pytest.mark.parametrize(("steps", "trainee"), [(["press 4711#"], "t-7"), (["press *"], None), (["wait"], None)])
def test_a_pin_tells_the_trainee(lobby: Lobby, roll: object, steps: list[str], trainee: str | None) -> None:
    caller = lobby(roll=roll).go("press *201#", *steps, "press 3")

    assert [event.trainee for event in caller.events("rehearsal-began")] == [trainee]
    assert (
        "4711" not in str([event_to_json(event) for event in caller.session.events]) + caller.session.record.to_json()
    )


def test_nobody_is_asked_for_a_pin_where_nobody_has_one(
    lobby: Lobby, roll: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roll, "pins", False)
    caller = lobby(roll=roll).go("press *201#", "press 3")

    assert [(event.stage, event.trainee) for event in caller.events("rehearsal-began")] == [("test", None)]


def test_an_unknown_pin_is_asked_for_again_and_then_practice_is_anonymous(lobby: Lobby, roll: object) -> None:
    caller = lobby(roll=roll).go("press *201#", "press 1111#", "press 2222#", "press 3333#", "press 2")

    assert [event.trainee for event in caller.events("rehearsal-began")] == [None]


def test_the_overview_tells_what_to_have_ready_and_the_way_and_no_digits_of_the_sheet(
    lobby: Lobby, coach: object
) -> None:
    caller = lobby(coach=coach).go("press *201#", "press 1")

    assert "Harbor Books" in caller.heard
    assert "The best way: Dial, and stay on the line." in caller.heard
    assert not {"1234", "4320", "378282246310005"} & set(caller.heard.replace(",", " ").split())


def test_the_number_on_the_back_is_that_of_the_scenarios_card(lobby: Lobby) -> None:
    caller = lobby().go("press *202#", "press 2", "press *#")

    assert caller.session.record.line == "premier"


def test_silence_practises_with_hints(lobby: Lobby) -> None:
    caller = lobby().go("press *201#", "wait")

    assert [event.stage for event in caller.events("rehearsal-began")] == ["practice"]
