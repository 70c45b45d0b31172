"""Whole calls through the phone: what callers hear, and that Twilio and the terminal hold the same conversation."""

from collections.abc import Callable
from dataclasses import asdict

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.events import Event
from ivr.call.handset import Handset, VirtualClock
from ivr.call.notice import NOTICE
from ivr.errors import SettingsError
from ivr.flow.centre import ContactCentre
from ivr.harness import CallStatus
from ivr.harness.events import Played
from ivr.harness.script import HangUp, Press, Say, Step, Wait, parse_script
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import CARD_LINE, LOBBY, PUBLIC_URL, PracticeLine

Line = Callable[..., PracticeLine]


@pytest.mark.parametrize("to", [CARD_LINE, "+18002973276", LOBBY, "+442079460000", "client:anybody", ""])
def test_every_call_opens_with_the_notice_in_full(line: Line, to: str) -> None:
    assert line().call(to).heard[0] == NOTICE


@pytest.mark.parametrize(
    ("to", "place"),
    [
        pytest.param(CARD_LINE, "main.hello", id="a number of the directory"),
        pytest.param("+18002973276", "main.card", id="one with a door of its own"),
        pytest.param(LOBBY, "lobby.number", id="any other number"),
        pytest.param("+442079460000", "lobby.number", id="one from abroad"),
        pytest.param("sip:someone@example.com", "lobby.number", id="no number at all"),
        pytest.param("", "lobby.number", id="nothing"),
    ],
)
def test_calls_reach_the_line_of_the_number_dialled(line: Line, to: str, place: str) -> None:
    practice = line()
    assert practice.events(practice.call(to))[0].place == place


@pytest.mark.parametrize(
    ("target", "place"),
    [("1-800-528-2122", "main.hello"), ("card-back", "main.hello"), ("main", "main.hello"), (None, "lobby.number")],
)
def test_an_own_number_answers_as_another(line: Line, target: str | None, place: str) -> None:
    practice = line(numbers={LOBBY: target})
    assert practice.events(practice.call(LOBBY))[0].place == place


def test_own_numbers_that_answer_as_nothing_are_all_said_at_once(line: Line) -> None:
    with pytest.raises(SettingsError) as caught:
        line(numbers={LOBBY: "1-800-000-0000", "+15005550007": "card-back:nobody", "+15005550008": None})
    assert [str(problem).split(":")[1].strip() for problem in caught.value.problems] == [LOBBY, "+15005550007"]


def test_identification_by_keys(line: Line) -> None:
    call = line().call().press("3").press("378282246310005").press("1234")
    assert call.just_heard.startswith("Thank you, Pat, card ending 0005.")


def test_words_that_are_unsure_are_confirmed(line: Line) -> None:
    call = line().call().say("lost card", confidence=0.5)
    assert "I think you said a lost or stolen card." in call.just_heard
    assert "I'll put you through." in call.press("1").just_heard


def test_a_key_breaks_into_a_prompt_and_not_into_the_notice(line: Line) -> None:
    practice = line()
    call = practice.exchange.call(
        practice.app, url="/voice/incoming", to=CARD_LINE, public_url=PUBLIC_URL, listen_for=1
    )
    call.press("1", listen_for=12)
    assert call.heard[0] == NOTICE
    assert "I'll put you through." not in call.heard
    call.press("1")
    assert "For a lost or stolen card, press 1. For travel, press 2. To identify yourself, press 3." not in call.heard
    assert "I'll put you through." in call.heard


def test_hold_is_music_and_a_moving_estimate_until_somebody_answers(line: Line) -> None:
    practice = line()
    call = practice.call().press("1")
    estimates = [call.just_heard]
    while not call.ended:
        estimates.append(call.wait().just_heard)
    assert estimates[0] == "I'll put you through. The wait is about 40 seconds."
    assert ["30 seconds" in estimates[1], "20 seconds" in estimates[2]] == [True, True]
    assert estimates[-1] == "Cards, how can I help?"
    music = [event.sound for event in call.transcript if isinstance(event, Played)]
    assert music == [f"{PUBLIC_URL}/voice/hold.wav"] * 4
    assert practice.happened(call)[-2:] == ["connected", "ended"]


def test_a_callback_is_taken_by_key_while_it_is_still_being_offered(line: Line) -> None:
    practice = line()
    call = practice.call().press("1").wait()
    assert "To be called back instead, press 1" in call.just_heard
    call.press("1")
    assert (call.ended, practice.happened(call)[-2:]) == (True, ["callback-taken", "ended"])


def test_a_callback_is_taken_by_words(line: Line) -> None:
    practice = line()
    call = practice.call().press("1").wait().say("call me back")
    assert (call.ended, practice.happened(call)[-2:]) == (True, ["callback-taken", "ended"])


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("", id="before anything"),
        pytest.param("press 3", id="at an entry"),
        pytest.param("say lost card @0.5", id="at a confirmation"),
        pytest.param("press 1", id="on hold"),
        pytest.param("press 1; wait", id="with a callback on offer"),
    ],
)
def test_a_caller_who_hangs_up_anywhere_has_abandoned_the_call(line: Line, script: str) -> None:
    practice = line()
    call = practice.call()
    if script:
        call.follow(script)
    call.hang_up()
    events = practice.events(call)
    assert (events[-1].kind, asdict(events[-1])["outcome"]) == ("ended", "abandoned")
    assert [event.kind for event in events].count("ended") == 1


def test_what_keys_a_menu_has_star_and_pound_are_heard_too(line: Line) -> None:
    call = line().call().press("3").press("378282246310005").press("1234")
    assert "For a lost or stolen card, press 1." in call.press("*").just_heard
    assert "four digit code" in call.press("#").just_heard


SCRIPTS = {
    "a key": "press 4; wait",
    "words": "say travel; wait; wait",
    "identified": "press 3; press 378282246310005; press 1234; press 1; wait; wait; wait; wait",
    "with finish keys": "press 3; press 378282246310005; press 1234#; press 4; wait",
    "an entry that is too short": "press 3; press 1234#; press 378282246310005; press 1234; hang up",
    "not a practice number": "press 3; press 4111111111111111; press 123456789012345; wait",
    "spoken digits": "press 3; say three seven eight two eight two two four six three one zero zero zero five; hang up",
    "unsure words": "say lost card @0.5; say no; say lost card @0.5; say yes; wait; wait; wait; wait",
    "hopeless words": "say blue @0.9; say green @0.9; say red; wait",
    "silence": "wait; wait; wait; wait",
    "asking for a person": "press 0; say representative; wait",
    "universals": "press 3; say main menu; say help; press *; press #; hang up",
    "wrong keys": "press 9; press 8; press 7; wait",
    "keys on hold": "press 1; press 5; wait; press 1",
    "called back": "press 1; wait; say call me back",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_twilio_and_the_terminal_hold_the_same_conversation(line: Line, small: ContactCentre, script: str) -> None:
    practice = line()
    call = practice.call()
    call.follow(script)
    assert timeless(practice.events(call)) == timeless(in_terminal(small, CARD_LINE, script))


@pytest.mark.parametrize("script", ["press 0315; say yes; hang up", "say march third; press 2; say the fourth of may"])
def test_a_number_with_a_door_of_its_own_does_alike(line: Line, small: ContactCentre, script: str) -> None:
    practice = line()
    call = practice.call("+18002973276")
    call.follow(script)
    assert timeless(practice.events(call)) == timeless(in_terminal(small, "+18002973276", script))


@pytest.mark.parametrize(
    "script", ["press 18005282122; press 4; wait", "press 8005282122#; hang up", "press *#; hang up"]
)
def test_the_lobby_connects_alike(line: Line, small: ContactCentre, script: str) -> None:
    practice = line()
    call = practice.call(LOBBY)
    call.follow(script)
    assert timeless(practice.events(call)) == timeless(in_terminal(small, "lobby", script))


def test_a_connected_call_is_completed_and_nothing_was_wrong_with_its_documents(line: Line) -> None:
    call = line().call().press("4").wait()
    assert (call.status, call.warnings) == (CallStatus.COMPLETED, ())
    assert [request.status for request in call.requests if request.purpose == "callback"] == [204]


def in_terminal(centre: ContactCentre, dialled: str, script: str) -> list[Event]:
    """The same script played on a handset without Twilio."""
    clock = VirtualClock(TUESDAY_MORNING)
    session = CallSession.arriving(Switchboard(centre), dialled, call_id="CA1", seed=1, clock=clock)
    handset = Handset(session, clock, lambda turn: None)
    for step in parse_script(script):
        if not handset.over:
            _do(handset, step)
    handset.hang_up()
    return session.events


def _do(handset: Handset, step: Step) -> None:
    match step:
        case Press(keys=keys):
            handset.press(keys)
        case Say(words=words, confidence=confidence):
            handset.say(words, 0.9 if confidence is None else confidence)
        case Wait(seconds=seconds):
            handset.wait(seconds)
        case HangUp():
            handset.hang_up()


def timeless(events: list[Event]) -> list[dict[str, object]]:
    """Events without when they happened, up to where the caller hung up."""
    found = [{"kind": event.kind, **asdict(event), "at": None} for event in events]
    if found[-1].get("outcome") == "abandoned":
        found.pop()
    return [{**event, "seconds": None} if event["kind"] == "ended" else event for event in found]
