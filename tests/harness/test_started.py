"""Start and Stop: what runs beside a call, and what the application is told of it."""

import json

import pytest

from ivr.harness import Exchange, NotInService
from ivr.harness.events import NotPlayed, Recorded
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule

STREAM = '<Stream name="s" url="wss://localhost/s" statusCallback="/told"/>'


def told(app: Documents, path: str = "/told") -> list[dict[str, str]]:
    return [params for _, asked, params in app.asked if asked == path]


@pytest.mark.parametrize("verb", ["Start", "Stop"])
@rule("Connect, Start, Stop", "Start and Stop do not block", "voice/twiml/start")
def test_start_and_stop_do_not_block(twilio: Exchange, make_app: MakeApp, verb: str) -> None:
    app = make_app(f'<{verb}><Stream name="s" url="wss://localhost/s"/></{verb}><Say>Next</Say>')
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.warnings) == (("Next",), ())
    assert any(isinstance(event, NotPlayed) for event in call.transcript)


@pytest.mark.parametrize(
    ("document", "prefix", "letters", "kind"),
    [
        pytest.param(
            STREAM,
            "stream",
            "MZ",
            "Stream",
            id="stream",
            marks=[proves("Start/Stream", "name", "url", "statusCallback"), proves("Stop/Stream", "name")],
        ),
        pytest.param(
            '<Siprec name="s" connectorName="c" statusCallback="/told"/>',
            "siprec",
            "SR",
            "Siprec",
            id="siprec",
            marks=[proves("Start/Siprec", "name", "statusCallback"), proves("Stop/Siprec", "name")],
        ),
        pytest.param(
            '<Transcription name="s" statusCallbackUrl="/told"/>',
            "transcription",
            "GT",
            "Transcription",
            id="words",
            marks=[
                proves("Start/Transcription", "name", "statusCallbackUrl"),
                proves("Stop/Transcription", "name"),
            ],
        ),
    ],
)
@proves("Start")
@proves("Stop")
def test_started_and_stopped_by_name(
    twilio: Exchange, make_app: MakeApp, document: str, prefix: str, letters: str, kind: str
) -> None:
    stop = f'<Stop><{kind} name="s"/></Stop>'
    app = make_app(f'<Start>{document}</Start><Pause length="3"/>{stop}<Pause length="9"/>', told="")
    twilio.call(app, url="/voice")
    events = [each[f"{kind}Event"] for each in told(app)]
    assert events == [f"{prefix}-started", f"{prefix}-stopped"]
    assert {each[f"{kind}Sid"][:2] for each in told(app)} == {letters}
    assert told(app)[1]["Timestamp"] == "2026-01-05T15:00:03.000Z"


@rule("Connect, Start, Stop", "what runs at the end of the call is stopped", "voice/twiml/stream")
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


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        pytest.param(STREAM, "Stream", id="a socket", marks=proves("Start/Stream", "url")),
        pytest.param(
            '<Stream connectorName="bot" statusCallback="/told"/>',
            "Stream",
            id="a connector of a stream",
            marks=proves("Start/Stream", "connectorName"),
        ),
        pytest.param(
            '<Siprec connectorName="bot" statusCallback="/told"/>',
            "Siprec",
            id="a connector of a siprec",
            marks=proves("Start/Siprec", "connectorName"),
        ),
    ],
)
@rule(
    "Connect, Start, Stop",
    "a socket that cannot be reached is told, and the next verb follows: 31902",
    "api/errors/31902",
)
def test_who_cannot_be_reached(twilio: Exchange, make_app: MakeApp, document: str, kind: str) -> None:
    for place in ("wss://localhost/s", "bot"):
        twilio.far_end(place, NotInService())
    app = make_app(f"<Start>{document}</Start><Say>Next</Say>", told="")
    call = twilio.call(app, url="/voice")
    (only,) = told(app)
    assert (only[f"{kind}Event"], only[f"{kind}ErrorCode"]) == (f"{kind.lower()}-error", "31902")
    assert "nobody takes the connection" in only[f"{kind}Error"]
    assert (call.heard, [warning.code for warning in call.warnings]) == (("Next",), [31902])


@proves("Start/Stream", "track")
@pytest.mark.parametrize(
    ("track", "event"),
    [("inbound_track", "started"), ("outbound_track", "started"), ("both_tracks", "started"), ("left", "error")],
)
def test_the_tracks_of_a_stream(twilio: Exchange, make_app: MakeApp, track: str, event: str) -> None:
    stream = f'<Start><Stream url="wss://localhost/s" track="{track}" statusCallback="/told"/></Start><Gather/>'
    app = make_app(stream, told="")
    call = twilio.call(app, url="/voice")
    assert [each["StreamEvent"] for each in told(app)] == [f"stream-{event}"]
    assert [warning.code for warning in call.warnings] == ([31941] if event == "error" else [])


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            '<Stream url="wss://localhost/s" statusCallback="/told" statusCallbackMethod="GET"/>',
            id="stream",
            marks=proves("Start/Stream", "statusCallbackMethod"),
        ),
        pytest.param(
            '<Siprec connectorName="c" statusCallback="/told" statusCallbackMethod="GET"/>',
            id="siprec",
            marks=proves("Start/Siprec", "statusCallbackMethod"),
        ),
        pytest.param(
            '<Transcription statusCallbackUrl="/told" statusCallbackMethod="GET"/>',
            id="words",
            marks=proves("Start/Transcription", "statusCallbackMethod"),
        ),
        pytest.param(
            '<Recording recordingStatusCallback="/told" recordingStatusCallbackMethod="GET"/>',
            id="recording",
            marks=proves("Start/Recording", "recordingStatusCallbackMethod"),
        ),
    ],
)
def test_the_callback_by_get(twilio: Exchange, make_app: MakeApp, document: str) -> None:
    app = make_app(f"<Start>{document}</Start><Pause/>", told="")
    twilio.call(app, url="/voice")
    assert {method for method, path, _ in app.asked if path == "/told"} == {"GET"}


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


@proves(
    "Start/Transcription",
    "name",
    "track",
    "inboundTrackLabel",
    "outboundTrackLabel",
    "partialResults",
    "languageCode",
    "transcriptionEngine",
    "profanityFilter",
    "speechModel",
    "hints",
    "enableAutomaticPunctuation",
)
def test_what_is_told_of_the_start_of_a_transcription(twilio: Exchange, make_app: MakeApp) -> None:
    tracks = 'track="inbound_track" inboundTrackLabel="customer" outboundTrackLabel="agent"'
    engine = 'languageCode="fr-FR" transcriptionEngine="deepgram" partialResults="true" speechModel="nova-3"'
    words = 'profanityFilter="false" hints="visa, gold" enableAutomaticPunctuation="false"'
    transcription = f'<Transcription name="t" statusCallbackUrl="/told" {tracks} {engine} {words}/>'
    app = make_app(f"<Start>{transcription}</Start><Gather/>", told="")
    twilio.call(app, url="/voice")
    (start,) = told(app)
    expected = {
        "TranscriptionEvent": "transcription-started",
        "SequenceId": "1",
        "Name": "t",
        "Track": "inbound_track",
        "InboundTrackLabel": "customer",
        "OutboundTrackLabel": "agent",
        "PartialResults": "true",
        "LanguageCode": "fr-FR",
        "TranscriptionEngine": "deepgram",
    }
    assert start.items() >= expected.items()
    assert json.loads(start["ProviderConfiguration"]) == {
        "profanityFilter": "false",
        "speechModel": "nova-3",
        "enableAutomaticPunctuation": "false",
        "hints": "visa, gold",
    }


@proves("Start/Transcription", "track")
@pytest.mark.parametrize(
    ("track", "expected"),
    [("inbound_track", ["my bill"]), ("outbound_track", ["Yes?"]), ("both_tracks", ["Yes?", "my bill"])],
)
def test_whose_words_are_transcribed(twilio: Exchange, make_app: MakeApp, track: str, expected: list[str]) -> None:
    start = f'<Start><Transcription statusCallbackUrl="/told" track="{track}"/></Start>'
    app = make_app(f'{start}<Gather input="speech" action="/next"><Say>Yes?</Say></Gather>', told="", next="")
    twilio.call(app, url="/voice").say("my bill")
    said = [json.loads(each["TranscriptionData"]) for each in told(app) if "TranscriptionData" in each]
    assert [each["transcript"] for each in said] == expected


@proves("Start/Transcription", "partialResults")
def test_partial_results_come_first(twilio: Exchange, make_app: MakeApp) -> None:
    start = '<Start><Transcription statusCallbackUrl="/told" partialResults="true"/></Start>'
    app = make_app(f'{start}<Gather input="speech" action="/next"/>', told="", next="")
    twilio.call(app, url="/voice").say("I lost my card", confidence=0.5)
    content = [each for each in told(app) if each["TranscriptionEvent"] == "transcription-content"]
    assert [(each["Final"], each.get("Stability"), json.loads(each["TranscriptionData"])) for each in content] == [
        ("false", "0.9", {"transcript": "I lost my"}),
        ("true", None, {"transcript": "I lost my card", "confidence": 0.5}),
    ]


def test_a_transcription_is_not_told_what_is_secret(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Start><Transcription statusCallbackUrl="/told"/></Start><Pay/>', told="")
    twilio.call(app, url="/voice").say("three seven eight two")
    assert "seven" not in str(app.asked)


@proves("Start/Recording", "recordingStatusCallback", "recordingStatusCallbackEvent")
@proves("Stop/Recording")
def test_a_recording_is_started_and_stopped(twilio: Exchange, make_app: MakeApp) -> None:
    begin = '<Recording recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed"/>'
    stop = "<Stop><Recording/></Stop>"
    app = make_app(f'<Start>{begin}</Start><Pause length="4"/>{stop}<Pause length="9"/>', told="")
    call = twilio.call(app, url="/voice")
    assert [each["RecordingStatus"] for each in told(app)] == ["in-progress", "completed"]
    (recording,) = twilio.recordings.values()
    assert (recording.seconds, recording.call_sid) == (4, call.sid)


def recorded(twilio: Exchange, make_app: MakeApp, attributes: str) -> tuple[dict[str, str], str]:
    """What is told of a recording of a caller who is silent for 3 s, says two words and is silent again; its words."""
    start = f'<Start><Recording recordingStatusCallback="/told" {attributes}/></Start>'
    app = make_app(f'{start}<Gather input="speech" speechTimeout="4" action="/next"/>', told="", next="<Hangup/>")
    call = twilio.call(app, url="/voice").wait(3).say("lost card")
    (words,) = [event.words for event in call.transcript if isinstance(event, Recorded)]
    return told(app)[0], words


@proves("Start/Recording", "channels")
@pytest.mark.parametrize(("channels", "expected"), [("dual", "2"), ("mono", "1")])
def test_the_channels_of_a_recording(twilio: Exchange, make_app: MakeApp, channels: str, expected: str) -> None:
    params, _ = recorded(twilio, make_app, f'channels="{channels}"')
    assert params["RecordingChannels"] == expected


@proves("Start/Recording", "track")
@pytest.mark.parametrize(("track", "expected"), [("inbound", "lost card"), ("outbound", ""), ("both", "lost card")])
def test_whose_words_are_recorded(twilio: Exchange, make_app: MakeApp, track: str, expected: str) -> None:
    params, words = recorded(twilio, make_app, f'track="{track}" channels="dual"')
    assert words == expected
    assert params["RecordingChannels"] == ("2" if track == "both" else "1")


@proves("Start/Recording", "trim")
@pytest.mark.parametrize(("trim", "seconds"), [("trim-silence", "1"), ("do-not-trim", "8")])
def test_silence_is_trimmed(twilio: Exchange, make_app: MakeApp, trim: str, seconds: str) -> None:
    params, _ = recorded(twilio, make_app, f'trim="{trim}"')
    assert params["RecordingDuration"] == seconds
