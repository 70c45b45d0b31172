"""ConversationRelay: who may break into what, and what reaches the other side.

https://www.twilio.com/docs/voice/twiml/connect/conversationrelay
"""

import pytest

from ivr.harness import Answers, Call, Exchange
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule

SOCKET = "wss://localhost/r"
GREETING = "Welcome to the practice line today"


def relay(attributes: str) -> str:
    return f'<Connect><ConversationRelay url="{SOCKET}" {attributes}/></Connect>'


def act(call: Call, how: str) -> Call:
    """Break in by speech or a key."""
    return call.say("my bill") if how == "speech" else call.press("1")


WHO_MAY = pytest.mark.parametrize(
    ("may", "how", "breaks_in"),
    [
        ("any", "speech", True),
        ("any", "dtmf", True),
        ("true", "speech", True),
        ("speech", "speech", True),
        ("speech", "dtmf", False),
        ("dtmf", "dtmf", True),
        ("dtmf", "speech", False),
        ("none", "speech", False),
        ("none", "dtmf", False),
        ("false", "speech", False),
    ],
)


@proves("ConversationRelay", "welcomeGreeting", "welcomeGreetingInterruptible")
@WHO_MAY
def test_who_may_break_into_the_greeting(
    twilio: Exchange, make_app: MakeApp, may: str, how: str, breaks_in: bool
) -> None:
    app = make_app(relay(f'welcomeGreeting="{GREETING}" welcomeGreetingInterruptible="{may}"'))
    call = act(twilio.call(app, url="/voice", listen_for=1), how)
    assert call.heard == ("Welcome to" if breaks_in else GREETING,)


@proves("ConversationRelay", "interruptible")
@WHO_MAY
def test_who_may_break_into_what_is_said(
    twilio: Exchange, make_app: MakeApp, may: str, how: str, breaks_in: bool
) -> None:
    twilio.far_end(SOCKET, Answers(script=f"say {GREETING}"))
    call = act(twilio.call(make_app(relay(f'interruptible="{may}"')), url="/voice", listen_for=1), how)
    assert call.heard == ("Welcome to" if breaks_in else GREETING,)


@rule(
    "Connect, Start, Stop",
    "speech and keys break into what a relay says, unless it says otherwise",
    "voice/twiml/connect/conversationrelay",
)
def test_without_being_told_everything_breaks_in(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(relay(f'welcomeGreeting="{GREETING}"'))
    assert twilio.call(app, url="/voice", listen_for=1).say("my bill").heard == ("Welcome to",)


def test_what_broke_in_is_heard_at_the_other_side(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, Answers(script=f"say {GREETING}; wait; say You said something"))
    call = twilio.call(make_app(relay("")), url="/voice", listen_for=1).say("my bill")
    assert call.heard == ("Welcome to", "You said something")


@proves("ConversationRelay", "reportInputDuringAgentSpeech", "interruptible")
@pytest.mark.parametrize(
    ("reported", "heard"),
    [
        pytest.param("none", (GREETING,), id="none"),
        pytest.param("dtmf", (GREETING,), id="keys only"),
        pytest.param("speech", (GREETING, "You said something"), id="speech"),
        pytest.param("any", (GREETING, "You said something"), id="any"),
    ],
)
def test_what_is_reported_without_breaking_in(
    twilio: Exchange, make_app: MakeApp, reported: str, heard: tuple[str, ...]
) -> None:
    twilio.far_end(SOCKET, Answers(script=f"say {GREETING}; wait; say You said something"))
    app = make_app(relay(f'interruptible="none" reportInputDuringAgentSpeech="{reported}"'))
    assert twilio.call(app, url="/voice", listen_for=1).say("my bill").heard == heard


@proves("ConversationRelay", "dtmfDetection")
@pytest.mark.parametrize(("detected", "heard"), [("true", ("A key",)), ("false", ())])
def test_keys_reach_the_other_side_where_they_are_detected(
    twilio: Exchange, make_app: MakeApp, detected: str, heard: tuple[str, ...]
) -> None:
    twilio.far_end(SOCKET, Answers(script="wait; say A key"))
    app = make_app(relay(f'dtmfDetection="{detected}"'))
    assert twilio.call(app, url="/voice").press("1").heard == heard


def test_what_cannot_be(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(relay('interruptible="maybe"')), url="/voice")
    (warning,) = call.warnings
    assert warning.code == 12200
    assert "interruptible='maybe' of <ConversationRelay> is not one of none" in warning.text
