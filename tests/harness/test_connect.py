"""Connect, Start and Stop: what the application is told of a connection that carries no sound here."""

import json

import pytest

from ivr.harness import Answers, Exchange, Floor, NotInService
from ivr.harness.events import NotPlayed
from tests.harness.documents import Documents, MakeApp

STREAM = '<Stream name="s" url="wss://localhost/s" statusCallback="/told"/>'
SOCKET = "wss://localhost/r"


def told(app: Documents, path: str = "/told") -> list[dict[str, str]]:
    return [params for _, asked, params in app.asked if asked == path]


@pytest.mark.parametrize("verb", ["Start", "Stop"])
def test_start_and_stop_do_not_block(twilio: Exchange, make_app: MakeApp, verb: str) -> None:
    app = make_app(f'<{verb}><Stream name="s" url="wss://localhost/s"/></{verb}><Say>Next</Say>')
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.warnings) == (("Next",), ())
    assert any(isinstance(event, NotPlayed) for event in call.transcript)


@pytest.mark.parametrize(
    ("document", "prefix", "letters", "kind"),
    [
        pytest.param(STREAM, "stream", "MZ", "Stream", id="stream"),
        pytest.param(
            '<Siprec name="s" connectorName="c" statusCallback="/told"/>', "siprec", "SR", "Siprec", id="siprec"
        ),
        pytest.param(
            '<Transcription name="s" statusCallbackUrl="/told"/>', "transcription", "GT", "Transcription", id="words"
        ),
    ],
)
def test_started_and_stopped_by_name(
    twilio: Exchange, make_app: MakeApp, document: str, prefix: str, letters: str, kind: str
) -> None:
    stop = f'<Stop><{kind} name="s"/></Stop>'
    app = make_app(f'<Start>{document}</Start><Pause length="3"/>{stop}<Pause length="9"/>', told="")
    twilio.call(app, url="/voice")
    events = [each[f"{kind}Event"] for each in told(app)]
    assert events == [f"{prefix}-started", f"{prefix}-stopped"]
    assert {each[f"{kind}Sid"][:2] for each in told(app)} == {letters}
    assert told(app)[1]["Timestamp"] == "2026-01-05T15:00:03.000+00:00"


def test_what_runs_at_the_end_of_the_call_is_stopped(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(f"<Start>{STREAM}</Start><Gather/>", told="")
    twilio.call(app, url="/voice").hang_up()
    assert [each["StreamEvent"] for each in told(app)] == ["stream-started", "stream-stopped"]
    assert told(app)[1]["CallStatus"] == "completed"


def test_a_stop_of_another_name_stops_nothing(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(f'<Start>{STREAM}</Start><Stop><Stream name="t"/></Stop><Gather/>', told="")
    call = twilio.call(app, url="/voice")
    assert [each["StreamEvent"] for each in told(app)] == ["stream-started"]
    assert any("none of the name 't' runs" in str(event) for event in call.transcript)


def test_a_socket_that_cannot_be_reached(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("wss://localhost/s", NotInService())
    app = make_app(f"<Start>{STREAM}</Start><Say>Next</Say>", told="")
    call = twilio.call(app, url="/voice")
    assert [each["StreamEvent"] for each in told(app)] == ["stream-error"]
    assert (call.heard, [warning.code for warning in call.warnings]) == (("Next",), [31902])


def test_a_transcription_tells_what_both_sides_say(twilio: Exchange, make_app: MakeApp) -> None:
    words = '<Transcription statusCallbackUrl="/told" languageCode="en-GB"/>'
    app = make_app(
        f'<Start>{words}</Start><Gather input="speech" action="/next"><Say>Yes?</Say></Gather>', told="", next=""
    )
    twilio.call(app, url="/voice").say("my bill")
    content = [each for each in told(app) if each["TranscriptionEvent"] == "transcription-content"]
    said = [(each["Track"], json.loads(each["TranscriptionData"])["transcript"]) for each in content]
    assert said == [("outbound_track", "Yes?"), ("inbound_track", "my bill")]
    assert [each["SequenceId"] for each in told(app)] == ["1", "2", "3", "4"]
    assert content[0]["LanguageCode"] == "en-GB"


def test_a_transcription_is_not_told_what_is_secret(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Start><Transcription statusCallbackUrl="/told"/></Start><Pay/>', told="")
    twilio.call(app, url="/voice").say("three seven eight two")
    assert "seven" not in str(app.asked)


def test_a_recording_is_started_and_stopped(twilio: Exchange, make_app: MakeApp) -> None:
    begin = '<Recording recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed"/>'
    stop = "<Stop><Recording/></Stop>"
    app = make_app(f'<Start>{begin}</Start><Pause length="4"/>{stop}<Pause length="9"/>', told="")
    call = twilio.call(app, url="/voice")
    assert [each["RecordingStatus"] for each in told(app)] == ["in-progress", "completed"]
    (recording,) = twilio.recordings.values()
    assert (recording.seconds, recording.call_sid) == (4, call.sid)


def relay(action: str = "") -> str:
    return (
        f'<Connect{action}><ConversationRelay url="{SOCKET}" welcomeGreeting="Hello there"/></Connect><Say>Next</Say>'
    )


def test_connect_blocks_until_somebody_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(relay()), url="/voice")
    assert (call.floor, call.heard) == (Floor.TALK, ("Hello there",))
    assert call.wait(60).hang_up().ended


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


def test_a_relay_that_cannot_be_reached(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(SOCKET, NotInService())
    app = make_app(relay(' action="/done"'), done="<Say>After</Say>")
    call = twilio.call(app, url="/voice")
    done = app.params("/done")
    assert (done["SessionStatus"], done["ErrorCode"]) == ("failed", "64102")
    assert (call.heard, [warning.code for warning in call.warnings]) == (("After",), [64102])


def test_a_virtual_agent_is_named_by_its_connector(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("bot", Answers(script="say Hi; hang up"))
    agent = '<Connect action="/done"><VirtualAgent connectorName="bot"/></Connect>'
    app = make_app(agent, done="<Hangup/>")
    assert twilio.call(app, url="/voice").heard == ("Hi",)
    assert app.params("/done")["VirtualAgentStatus"] == "completed"


def test_the_callbacks_of_a_connected_stream(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("wss://localhost/s", Answers(script="wait 3; hang up"))
    app = make_app(f"<Connect>{STREAM}</Connect><Pause/>", told="")
    twilio.call(app, url="/voice")
    assert [each["StreamEvent"] for each in told(app)] == ["stream-started", "stream-stopped"]
