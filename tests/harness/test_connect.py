"""Connect: what the application is told of a connection that carries no sound here."""

import pytest

from ivr.harness import Answers, Exchange, Floor, NotInService
from ivr.harness.telling import transcript_of
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule

SOCKET = "wss://localhost/r"


def told(app: Documents, path: str = "/told") -> list[dict[str, str]]:
    return [params for _, asked, params in app.asked if asked == path]


def relay(action: str = "") -> str:
    return (
        f'<Connect{action}><ConversationRelay url="{SOCKET}" welcomeGreeting="Hello there"/></Connect><Say>Next</Say>'
    )


@proves("ConversationRelay", "url", "welcomeGreeting")
@rule("Connect, Start, Stop", "Connect blocks until somebody ends it", "voice/twiml/connect")
def test_connect_blocks_until_somebody_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(relay()), url="/voice")
    assert (call.floor, call.heard) == (Floor.TALK, ("Hello there",))
    assert f"      not played: <Connect><ConversationRelay> {SOCKET}\n" in transcript_of(call.transcript)
    assert call.wait(60).hang_up().ended


@proves("Connect", "action")
@proves("ConversationRelay", "url")
@rule(
    "Connect, Start, Stop",
    "a relay that closes is ended, and the action follows",
    "voice/twiml/connect/conversationrelay",
)
def test_who_is_at_the_other_end_talks_and_closes(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, Answers(script="say How can I help?; wait; say Goodbye.; hang up"))
    app = make_app(relay(' action="/done"'), done="<Say>After</Say>")
    call = twilio.call(app, url="/voice").say("my bill")
    assert call.heard == ("Hello there", "How can I help?", "Goodbye.", "After")
    done = app.params("/done")
    assert (done["SessionStatus"], done["CallStatus"]) == ("ended", "in-progress")
    assert done["SessionId"].startswith("VX")
    assert int(done["SessionDuration"]) == 4
    assert "HandoffData" not in done


@rule(
    "Connect, Start, Stop",
    "HandoffData is what the socket sent at its end",
    "voice/conversationrelay/websocket-messages#end-session-message",
)
def test_what_the_socket_hands_over_reaches_the_action(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, Answers(script='wait; hand off {"reason": "billing; dispute"}'))
    app = make_app(relay(' action="/done"'), done="<Say>After</Say>")
    assert twilio.call(app, url="/voice").say("my bill").heard == ("Hello there", "After")
    done = app.params("/done")
    assert (done["SessionStatus"], done["HandoffData"]) == ("ended", '{"reason": "billing; dispute"}')


def test_without_an_action_the_next_verb_follows(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, Answers(script="hang up"))
    assert twilio.call(make_app(relay()), url="/voice").heard == ("Hello there", "Next")


def test_the_action_of_a_caller_who_has_left(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(relay(' action="/done"'), done="")
    twilio.call(app, url="/voice").hang_up()
    done = app.params("/done")
    assert (done["SessionStatus"], done["CallStatus"]) == ("completed", "completed")


@rule("Connect, Start, Stop", "a relay that cannot be reached is failed: 64102", "api/errors/64102")
def test_a_relay_that_cannot_be_reached(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, NotInService())
    app = make_app(relay(' action="/done"'), done="<Say>After</Say>")
    call = twilio.call(app, url="/voice")
    done = app.params("/done")
    assert (done["SessionStatus"], done["ErrorCode"]) == ("failed", "64102")
    assert (call.heard, [warning.code for warning in call.warnings]) == (("After",), [64102])


@pytest.mark.parametrize(
    "noun",
    [
        pytest.param(
            '<Stream url="wss://localhost/bot"/>', id="a stream by its URL", marks=proves("Connect/Stream", "url")
        ),
        pytest.param('<Stream connectorName="bot"/>', id="a stream", marks=proves("Connect/Stream", "connectorName")),
        pytest.param("<Room>bot</Room>", id="a room", marks=proves("Room")),
        pytest.param("<Autopilot>bot</Autopilot>", id="an autopilot", marks=proves("Autopilot")),
        pytest.param(
            '<VirtualAgent connectorName="bot"/>', id="an agent", marks=proves("VirtualAgent", "connectorName")
        ),
        pytest.param(
            '<Conversation serviceInstanceSid="bot"/>',
            id="a conversation",
            marks=proves("Conversation", "serviceInstanceSid"),
        ),
        pytest.param(
            '<ConversationRelaySession connector="bot"/>',
            id="a session",
            marks=proves("ConversationRelaySession", "connector"),
        ),
        pytest.param('<AiSession aiConnector="bot"/>', id="a session of AI", marks=proves("AiSession", "aiConnector")),
    ],
)
def test_who_is_at_the_other_end_is_named_so(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    for place in ("bot", "wss://localhost/bot"):
        twilio.far_end(place, Answers(script="say Hi; wait; say Bye; hang up"))
    call = twilio.call(make_app(f"<Connect>{noun}</Connect><Say>Next</Say>"), url="/voice")
    assert (call.heard, call.floor) == (("Hi",), Floor.TALK)
    assert call.say("hello").heard == ("Hi", "Bye", "Next")


def test_how_a_virtual_agent_went(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("bot", Answers(script="hang up"))
    app = make_app('<Connect action="/done"><VirtualAgent connectorName="bot"/></Connect>', done="<Hangup/>")
    twilio.call(app, url="/voice")
    assert app.params("/done")["VirtualAgentStatus"] == "completed"


@proves("Connect", "action", "method")
def test_the_action_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, Answers(script="hang up"))
    app = make_app(relay(' action="/done" method="GET"'), done="<Hangup/>")
    twilio.call(app, url="/voice")
    assert app.asked[1][:2] == ("GET", "/done")


@proves("Connect/Stream", "name", "statusCallback", "statusCallbackMethod")
def test_the_callbacks_of_a_connected_stream(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("wss://localhost/s", Answers(script="wait 3; hang up"))
    stream = '<Stream name="s" url="wss://localhost/s" statusCallback="/told" statusCallbackMethod="GET"/>'
    app = make_app(f"<Connect>{stream}</Connect><Pause/>", told="")
    twilio.call(app, url="/voice")
    assert [(each["StreamEvent"], each["StreamName"]) for each in told(app)] == [
        ("stream-started", "s"),
        ("stream-stopped", "s"),
    ]
    assert {method for method, path, _ in app.asked if path == "/told"} == {"GET"}


@proves("Connect/Stream", "track")
@pytest.mark.parametrize(("track", "event"), [("inbound_track", "started"), ("both_tracks", "error")])
@rule("Connect, Start, Stop", "a connected stream has the inbound track alone: 31941", "api/errors/31941")
def test_a_connected_stream_has_the_inbound_track_alone(
    twilio: Exchange, make_app: MakeApp, track: str, event: str
) -> None:
    stream = f'<Stream url="wss://localhost/s" track="{track}" statusCallback="/told"/>'
    app = make_app(f"<Connect>{stream}</Connect><Say>Next</Say>", told="")
    call = twilio.call(app, url="/voice")
    assert told(app)[0]["StreamEvent"] == f"stream-{event}"
    assert [warning.code for warning in call.warnings] == ([31941] if event == "error" else [])
    assert call.heard == (("Next",) if event == "error" else ())
