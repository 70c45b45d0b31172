"""What a conference records and tells: https://www.twilio.com/docs/voice/twiml/conference."""

import pytest
from twilio.rest import Client

from ivr.harness import Call, Exchange, Floor
from ivr.harness.events import NoEffect, Played
from ivr.harness.telling import transcript_of
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule
from tests.harness.rest_clients import client

__all__ = ["client"]

ALL = "start end join leave mute hold modify speaker announcement"


def room(attributes: str = "", dial: str = 'action="/done"') -> str:
    return f"<Dial {dial}><Conference {attributes}>Room</Conference></Dial>"


def told(app: Documents) -> list[dict[str, str]]:
    return [params for _, path, params in app.asked if path == "/told"]


def two(twilio: Exchange, app: Documents) -> tuple[Call, Call]:
    return twilio.call(app, url="/voice"), twilio.call(app, url="/voice")


def telling(make_app: MakeApp, attributes: str = "", events: str = ALL) -> Documents:
    callback = f'statusCallback="/told" statusCallbackEvent="{events}" {attributes}'
    return make_app(room(callback), told="", done="<Hangup/>")


@proves("Conference", "statusCallback", "statusCallbackEvent")
@rule("Conference", "everybody leaves before it ends", "voice/twiml/conference")
def test_everybody_leaves_before_it_ends(twilio: Exchange, make_app: MakeApp) -> None:
    app = telling(make_app, 'endConferenceOnExit="true"', "start end join leave")
    first, second = two(twilio, app)
    first.hang_up()
    assert second.listen().ended
    assert [params["StatusCallbackEvent"] for params in told(app)] == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert [(params["CallSid"], params["ReasonParticipantLeft"]) for params in told(app)[3:5]] == [
        (first.sid, "participant_hung_up"),
        (second.sid, "moderator_ended_conference"),
    ]
    assert [params["ParticipantCallStatus"] for params in told(app)[3:5]] == ["completed", "in-progress"]
    end = told(app)[-1]
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert end["CallSidEndingConference"] == first.sid


@proves("Conference", "statusCallback", "participantLabel")
def test_the_callback_has_the_parameters_of_the_conference_and_of_no_call(twilio: Exchange, make_app: MakeApp) -> None:
    app = telling(make_app, 'participantLabel="host" muted="true"', "join start")
    twilio.call(app, url="/voice")
    joined = told(app)[0]
    assert (joined["ParticipantLabel"], joined["Muted"], joined["FriendlyName"]) == ("host", "true", "Room")
    assert {"From", "To", "Direction", "CallStatus"} & joined.keys() == set()


@pytest.mark.parametrize(
    ("first", "events"),
    [
        pytest.param('statusCallback="/told" statusCallbackEvent="join"', ["participant-join"] * 2, id="another"),
        pytest.param("", [], id="none"),
    ],
)
@rule("Conference", "the first to join says what is told of it; what others say is ignored", "voice/twiml/conference")
def test_the_first_to_join_says_where_it_is_told(
    twilio: Exchange, make_app: MakeApp, first: str, events: list[str]
) -> None:
    app = make_app(room(first), second=room('statusCallback="/later"'), told="", done="<Hangup/>")
    twilio.call(app, url="/voice")
    second = twilio.call(app, url="/second")
    assert [params["StatusCallbackEvent"] for params in told(app)] == events
    assert [event for event in second.transcript if isinstance(event, NoEffect)] == [
        NoEffect(at=0.0, line=1, element="Conference", attributes=("statusCallback",))
    ]
    assert "/later" not in app.paths


@proves("Conference", "statusCallbackMethod")
def test_the_callback_may_be_a_get(twilio: Exchange, make_app: MakeApp) -> None:
    app = telling(make_app, 'statusCallbackMethod="GET"', "join")
    twilio.call(app, url="/voice")
    assert [method for method, path, _ in app.asked if path == "/told"] == ["GET"]


@proves("Conference", "statusCallbackEvent")
def test_speech_is_told_from_its_start_to_its_stop(twilio: Exchange, make_app: MakeApp) -> None:
    app = telling(make_app, "", "speaker")
    first, _ = two(twilio, app)
    first.say("good morning everybody").wait(5)
    assert [(params["StatusCallbackEvent"], params["CallSid"]) for params in told(app)] == [
        ("participant-speech-start", first.sid),
        ("participant-speech-stop", first.sid),
    ]


def test_changes_over_rest_are_told(twilio: Exchange, make_app: MakeApp, client: Client) -> None:
    app = telling(make_app, "", "mute hold modify end leave")
    first, second = two(twilio, app)
    (conference,) = twilio.conferences.by_sid.values()
    participant = client.conferences(conference.sid).participants(first.sid)
    participant.update(muted=True)
    participant.update(hold=True)
    participant.update(end_conference_on_exit=True)
    participant.delete()
    second.listen(1)
    assert [params["StatusCallbackEvent"] for params in told(app)] == [
        "participant-mute",
        "participant-hold",
        "participant-modify",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert told(app)[3]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert told(app)[-1]["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-kicked"
    assert client.conferences(conference.sid).fetch().status == "completed"


@pytest.mark.parametrize(
    ("trim", "seconds"),
    [pytest.param("do-not-trim", "20", id="whole"), pytest.param("trim-silence", "4", id="trimmed")],
)
@proves("Conference", "record", "trim", "recordingStatusCallback", "recordingStatusCallbackEvent")
def test_it_is_recorded_from_its_start(twilio: Exchange, make_app: MakeApp, trim: str, seconds: str) -> None:
    events = 'recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed"'
    app = make_app(room(f'record="record-from-start" trim="{trim}" {events}'), told="", done="<Hangup/>")
    first = twilio.call(app, url="/voice").wait(30)  # the wait for the second is not on it
    second = twilio.call(app, url="/voice")
    first.wait(6).say("one two three").wait(2).say("four five").wait(10)
    first.hang_up()
    second.hang_up()
    began, done = told(app)
    assert (began["RecordingStatus"], done["RecordingStatus"]) == ("in-progress", "completed")
    assert (done["RecordingSource"], done["RecordingChannels"]) == ("Conference", "1")
    (recording,) = twilio.recordings.values()
    assert (recording.conference_sid, recording.sid) == (done["ConferenceSid"], done["RecordingSid"])
    assert done["RecordingDuration"] == seconds
    assert {"CallSid", "From"} & done.keys() == set()


@proves("Conference", "recordingStatusCallbackMethod")
def test_the_recordings_callback_may_be_a_get(twilio: Exchange, make_app: MakeApp) -> None:
    callback = 'recordingStatusCallback="/told" recordingStatusCallbackMethod="GET"'
    app = make_app(room(f'record="record-from-start" {callback}'), told="", done="<Hangup/>")
    for call in two(twilio, app):
        call.hang_up()
    assert [method for method, path, _ in app.asked if path == "/told"] == ["GET"]


@proves("Conference", "eventCallbackUrl")
def test_the_old_callback_of_a_recording(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('record="record-from-start" eventCallbackUrl="/told"'), told="", done="<Hangup/>")
    first, second = two(twilio, app)
    first.wait(6).hang_up()
    second.hang_up()
    (params,) = told(app)
    assert (params["EventName"], params["Duration"], params["RecordingFileSize"]) == (
        "conference-record-end",
        "6",
        str(44 + 6 * 8000),
    )


def test_its_recording_is_paused_over_rest(twilio: Exchange, make_app: MakeApp, client: Client) -> None:
    first, second = two(twilio, make_app(room('record="record-from-start"'), done="<Hangup/>"))
    (conference,) = twilio.conferences.by_sid.values()
    recordings = client.conferences(conference.sid).recordings
    assert recordings("Twilio.CURRENT").update(status="paused", pause_behavior="skip").status == "paused"
    first.wait(9)
    assert recordings("Twilio.CURRENT").update(status="in-progress").status == "in-progress"
    first.wait(2).hang_up()
    second.hang_up()
    assert [each.duration for each in recordings.list()] == ["2"]


def test_a_recorded_dial_into_a_conference(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room("", 'record="record-from-answer-dual" action="/done"'), done="<Hangup/>")
    twilio.call(app, url="/voice").wait(3).hang_up()
    (recording,) = twilio.recordings.values()
    assert app.params("/done")["RecordingUrl"].endswith(recording.sid)
    assert (recording.source, recording.channels, recording.seconds) == ("DialVerb", 2, 3)


@proves("Conference", "waitUrl", "waitMethod")
def test_a_wait_document_is_heard_once(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('waitUrl="/wait" waitMethod="GET"'), wait="<Say>Hold on</Say>")
    assert twilio.call(app, url="/voice").wait(60).heard == ("Hold on",)
    assert [method for method, path, _ in app.asked if path == "/wait"] == ["GET"]


@pytest.mark.parametrize(
    ("attribute", "heard"),
    [pytest.param("", ["hold music"], id="none given"), pytest.param('waitUrl=""', [], id="empty: silence")],
)
def test_the_music_of_whoever_waits(twilio: Exchange, make_app: MakeApp, attribute: str, heard: list[str]) -> None:
    app = make_app(room(attribute))
    call = twilio.call(app, url="/voice").wait(5)
    assert [event.sound for event in call.transcript if isinstance(event, Played)] == heard
    assert (call.floor, app.paths) == (Floor.HOLD, ["/voice"])


def test_a_wait_document_that_cannot_be_had_ends_the_dial(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('waitUrl="/nowhere"'), done="<Say>Nobody could be reached</Say>")
    call = twilio.call(app, url="/voice")
    assert (call.heard, app.params("/done")["DialCallStatus"]) == (("Nobody could be reached",), "failed")


@proves("Conference", "coach")
def test_a_coach_of_nobody_goes_to_the_action(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('coach="CA00000000000000000000000000000000"'), done="<Hangup/>")
    call = twilio.call(app, url="/voice")
    assert ([each.code for each in call.warnings], app.params("/done")["DialCallStatus"]) == ([13240], "failed")


@proves("Conference", "participantLabel")
def test_a_label_is_taken_once(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('participantLabel="agent"') + "<Say>Somebody is there already</Say>")
    _, second = two(twilio, app)
    assert (second.heard, second.warnings[0].code) == (("Somebody is there already",), 16025)


@pytest.mark.parametrize(
    ("beep", "beeps"),
    [("true", 2), ("false", 0), ("onEnter", 1), ("onExit", 1)],
)
@proves("Conference", "beep")
def test_beeps(twilio: Exchange, make_app: MakeApp, beep: str, beeps: int) -> None:
    app = make_app(room(), third=room(f'beep="{beep}"'), done="<Hangup/>")
    first, _ = two(twilio, app)
    before = len(first.transcript)
    twilio.call(app, url="/third").hang_up()
    heard = [event for event in first.transcript[before:] if isinstance(event, Played) and event.sound == "beep"]
    assert len(heard) == beeps


@proves("Dial", "timeLimit")
def test_the_time_limit_ends_the_part_in_a_conference(twilio: Exchange, make_app: MakeApp) -> None:
    first, second = two(twilio, make_app(room("", 'timeLimit="60"') + "<Say>Time is up</Say>"))
    first.wait(61)
    assert (first.heard, second.heard) == (("Time is up",), ("Time is up",))


def test_the_music_of_another_host_is_not_requested_and_plays(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('waitUrl="http://music.example.com/hold.xml"'))
    first = twilio.call(app, url="/voice").wait(5)
    assert first.floor is Floor.HOLD
    assert [event.sound for event in first.transcript if isinstance(event, Played)] == ["hold music"]
    assert [each.code for each in first.warnings] == [11200]
    assert "!     11200: http://music.example.com is not requested" in transcript_of(first.transcript)
    twilio.call(app, url="/voice")
    assert first.floor is Floor.TALK


@proves("Dial", "hangupOnStar")
def test_the_star_leaves_a_conference_that_has_not_begun(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room("", 'hangupOnStar="true"') + "<Say>You left</Say>")
    call = twilio.call(app, url="/voice").wait(5).press("*")
    assert call.listen().heard == ("You left",)


def test_the_star_that_leaves_is_not_heard_by_the_next_verb(twilio: Exchange, make_app: MakeApp) -> None:
    ask = '<Gather numDigits="1" action="/chosen"><Say>Press 1</Say></Gather>'
    first, _ = two(twilio, app := make_app(room("", 'hangupOnStar="true"') + ask, chosen="<Hangup/>"))
    first.press("*").should_hear("Press 1").press("1").listen()
    assert [params["Digits"] for _, path, params in app.asked if path == "/chosen"] == ["1"]
