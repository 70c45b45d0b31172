"""Expectations: as text, as values, and as methods of a call."""

import re

import pytest

from ivr.errors import ScriptError
from ivr.harness import Exchange, Unmet
from ivr.harness.expect.text import parse_expectation
from tests.harness.documents import MakeApp

WRITTEN = [
    'heard "press 1"',
    'just heard "sorry"',
    "dialled +14155550101",
    "dialled client:alice",
    "dialled",
    "queued",
    "queued support",
    "left message",
    'left message "call me"',
    "recorded",
    'recorded "my name"',
    "played hold.mp3",
    "requested /menu Digits=1",
    "warned",
    "warned 12200",
    "asked",
    "on hold",
    "connected",
    "ended",
    "ended no-answer",
]


@pytest.mark.parametrize("written", [*WRITTEN, *(f"not {each}" for each in WRITTEN)])
def test_text_to_value_and_back(written: str) -> None:
    assert str(parse_expectation(written)) == written


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hurd x", "expected heard"),
        ("at 12 ended", "is no number"),
        ("at +14155550101 hurd", "expected heard"),
        ("heard", "which words"),
        ("dialled nobody", "is no number"),
        ("requested", "which URL"),
        ("requested /menu Digits", "expected NAME=VALUE"),
        ('requested "/menu', "never closed"),
        ("warned often", "no code of Twilio's"),
        ("ended badly", "expected one of completed, busy"),
        ("on hold music", "nothing can stand after 'on hold'"),
    ],
)
def test_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(ScriptError, match=says):
        parse_expectation(text)


PAGES = {
    "voice": '<Gather numDigits="1" action="/menu"><Say>For sales, press 10.</Say><Play>/a/hold.mp3</Play></Gather>',
    "menu": "<Say>One moment.</Say><Dial>+14155550101</Dial>",
}


@pytest.mark.parametrize(
    ("expected", "true_at_first", "true_later"),
    [
        ('heard "for sales press 10"', True, True),
        ('heard "press 1"', False, False),
        ('just heard "for SALES"', True, False),
        ('just heard "one moment"', False, True),
        ("dialled +14155550101", False, True),
        ("dialled 415 555 0101", False, True),
        ("requested /menu Digits=1", False, True),
        ("requested /menu Digits=2", False, False),
        ("played hold.mp3", True, True),
        ("asked", True, False),
        ("connected", False, True),
        ("on hold", False, False),
        ("queued support", False, False),
        ("recorded", False, False),
        ("warned", False, False),
        ("ended", False, False),
    ],
)
def test_whether_it_is_true(
    twilio: Exchange, make_app: MakeApp, expected: str, true_at_first: bool, true_later: bool
) -> None:
    app = make_app(PAGES["voice"], menu=PAGES["menu"], **{"a/hold.mp3": "no WAV file"})
    call = twilio.call(app, url="/voice")
    for truth in (true_at_first, true_later):
        call.expect(expected if truth else f"not {expected}")
        with pytest.raises(Unmet, match="expected: "):
            call.expect(f"not {expected}" if truth else expected)
        if call.floor.name == "QUESTION":
            call.press("1")


def test_warning_is_another_word_for_warned() -> None:
    assert parse_expectation("warning 12200") == parse_expectation("warned 12200")


def test_of_a_leg_that_was_dialled(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Dial><Number url='/whisper'>+14155550101</Number></Dial>", whisper="<Say>A sales call</Say>")
    call = twilio.call(app, url="/voice")
    call.expect('at +14155550101 heard "a sales call"').expect("at 415-555-0101 not ended")
    for wrong, says in (
        ("at +14155550101 ended", "not over: connected"),
        ("at client:ann ended", r"dialled: \+14155550101"),
    ):
        with pytest.raises(Unmet, match=f"(?s)expected: {re.escape(wrong)}.*{says}"):
            call.expect(wrong)
    assert str(parse_expectation('at +14155550101 not heard "x"')) == 'at +14155550101 not heard "x"'


def test_matchers(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Say>Your name?</Say><Record maxLength='9' action='/next'/>", next="<Nonsense/><Say>Thanks</Say>")
    call = twilio.call(app, url="/voice").should_be_asked().should_not_warn().should_play("beep")
    call.say("Ann").wait().should_hear("thanks").should_not_hear("your name").should_have_heard("your name")
    call.should_record("Ann").should_request("/next", RecordingDuration="1").should_warn(12200)
    call.should_not_have_heard("goodbye").should_end("completed")


def test_an_unmet_expectation_shows_the_call(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Say>Hello</Say>"), url="/voice")
    with pytest.raises(Unmet) as unmet:
        call.should_be_on_hold()
    assert str(unmet.value).splitlines() == [
        "expected: on hold",
        "the call stands so: ended",
        "",
        "  0:00.0  →     POST http://localhost/voice → 200",
        "  0:00.0        answered",
        "  0:00.0  LINE  Hello",
        "  0:00.4        completed: the document ended, after 1 s",
    ]
