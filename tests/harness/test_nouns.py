"""What Dial calls besides a number, one after the other, and screened: https://www.twilio.com/docs/voice/twiml/number."""

import pytest

from ivr.harness import Answers, Busy, Exchange, Floor
from ivr.harness.events import Played
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule

AGENT, OTHER = "+14155550101", "+14155550102"
SCREEN = '<Gather numDigits="1" action="/accept"><Say>Press one to take the call</Say></Gather><Hangup/>'


@pytest.mark.parametrize(
    ("noun", "to"),
    [
        ("<Client>alice</Client>", "client:alice"),
        pytest.param("<Client><Identity>bob</Identity></Client>", "client:bob", marks=proves("Identity")),
        ("<Sip>sip:desk@example.com</Sip>", "sip:desk@example.com"),
        ("<Sip><Uri priority='1'>sip:a@example.com</Uri></Sip>", "sip:a@example.com"),
        pytest.param("<Sim>DE0123</Sim>", "DE0123", marks=proves("Sim")),
        ("<WhatsApp>+14155550101</WhatsApp>", AGENT),
        pytest.param(
            "<Application><ApplicationSid>AP01</ApplicationSid></Application>", "AP01", marks=proves("ApplicationSid")
        ),
    ],
)
def test_each_is_called(twilio: Exchange, make_app: MakeApp, noun: str, to: str) -> None:
    call = twilio.call(make_app(f"<Dial>{noun}</Dial>"), url="/voice")
    assert (call.dialled[0].to, call.floor, call.warnings) == (to, Floor.TALK, ())


@proves("Dial", "sequential")
@rule("Dial", "or they are called one after the other", "voice/twiml/dial")
def test_sequential_calls_one_after_the_other(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Busy())
    voice = f'<Dial sequential="true"><Number>{AGENT}</Number><Number>{OTHER}</Number></Dial>'
    call = twilio.call(make_app(voice), url="/voice")
    assert [child.status for child in call.dialled] == ["busy", "in-progress"]
    assert call.dialled[1].transcript[0].at == 3.0


def screened(twilio: Exchange, make_app: MakeApp, script: str) -> list[tuple[str, bool]]:
    twilio.far_end(AGENT, Answers(script=script))
    voice = f'<Dial action="/done"><Number url="/screen">{AGENT}</Number></Dial>'
    app = make_app(voice, screen=SCREEN, accept="<Say>Connecting</Say>", done="<Say>They did not take it</Say>")
    call = twilio.call(app, url="/voice").listen(30)
    screen = app.params("/screen")
    assert (screen["ParentCallSid"], screen["Direction"]) == (call.sid, "outbound-dial")
    assert screen["CallSid"] == call.dialled[0].sid
    return [(call.floor.value, "They did not take it" in call.heard)]


def test_whoever_accepts_the_screening_is_connected(twilio: Exchange, make_app: MakeApp) -> None:
    assert screened(twilio, make_app, "press 1") == [("talk", False)]


@rule("Dial", "screening: a Hangup in a noun's url drops that leg only", "voice/twiml/number#url")
def test_a_hangup_in_the_screening_drops_that_leg_only(twilio: Exchange, make_app: MakeApp) -> None:
    assert screened(twilio, make_app, "wait") == [("over", True)]


@proves("Number", "sendDigits")
def test_send_digits_are_sounded_before_the_two_are_connected(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f'<Dial><Number sendDigits="wW12">{AGENT}</Number></Dial>'), url="/voice")
    assert Played(at=2.0, sound="wW12") in call.dialled[0].transcript
    assert call.dialled[0].transcript[-1].at == 3.9


@pytest.mark.parametrize(("attribute", "seconds"), [("true", 3), ("false", 10)], ids=["answerOnBridge", "without"])
@proves("Dial", "answerOnBridge")
def test_the_caller_is_answered_with_the_other_side(
    twilio: Exchange, make_app: MakeApp, attribute: str, seconds: int
) -> None:
    twilio.far_end(AGENT, Answers(after=7))
    call = twilio.call(make_app(f'<Dial answerOnBridge="{attribute}">{AGENT}</Dial>'), url="/voice").wait(3)
    assert call.seconds == seconds


@pytest.mark.parametrize("noun", ["<Queue>q</Queue>", "<Conference>c</Conference>"])
@rule("Dial", "a Queue or Conference stands alone: 13215", "api/errors/13215")
def test_a_queue_or_conference_stands_alone(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    call = twilio.call(make_app(f"<Dial><Number>{AGENT}</Number>{noun}</Dial>"), url="/voice")
    assert (call.warnings[0].code, len(call.dialled)) == (13215, 1)
