"""Record, rule by rule: https://www.twilio.com/docs/voice/twiml/record."""

from collections.abc import Mapping

import pytest

from ivr.harness import Exchange, Floor
from ivr.harness.events import Heard, Played, Recorded
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule

VOICE = '<Record action="/done"/><Say>Nothing recorded</Say>'


def test_the_caller_has_the_floor_after_the_beep(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(VOICE), url="/voice")
    assert call.floor is Floor.MESSAGE
    assert Played(at=0.0, sound="beep") in call.transcript


@rule("Record", "silence ends it, and the action has the recording", "voice/twiml/record")
def test_silence_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE, done="<Say>Thanks</Say>")
    call = twilio.call(app, url="/voice").say("please call me back").wait()
    params = app.params("/done")
    assert call.heard == ("Thanks",)
    assert params["RecordingSid"].startswith("RE")
    assert params["RecordingUrl"].endswith(f"/Accounts/{params['AccountSid']}/Recordings/{params['RecordingSid']}")
    assert params["RecordingDuration"] == "2"  # four words take 1.6 s
    assert "Digits" not in params


@proves("Record", "method")
def test_the_action_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done" method="GET"/>', done="<Hangup/>")
    twilio.call(app, url="/voice").say("call me").wait()
    assert [method for method, path, _ in app.asked if path == "/done"] == ["GET"]


@proves("Record", "playBeep")
def test_without_a_beep(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Record playBeep="false"/>'), url="/voice")
    assert call.floor is Floor.MESSAGE
    assert not any(isinstance(event, Played) for event in call.transcript)


@proves("Record", "timeout")
@pytest.mark.parametrize("timeout", [2, 9])
def test_so_many_seconds_of_silence_end_it(twilio: Exchange, make_app: MakeApp, timeout: int) -> None:
    app = make_app(f'<Record action="/done" timeout="{timeout}"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("call me").wait()
    assert call.requests[-1].at == pytest.approx(0.8 + timeout)


@rule("Record", "any key ends it by default, and is Digits", "voice/twiml/record")
def test_a_key_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE, done="<Hangup/>")
    twilio.call(app, url="/voice").say("call me").press("#")
    assert app.params("/done")["Digits"] == "#"


@proves("Record", "action", "finishOnKey")
def test_only_keys_of_finish_on_key_end_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done" finishOnKey="*"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("call me").press("1")
    assert call.floor is Floor.MESSAGE
    call.press("*")
    assert app.params("/done")["Digits"] == "*"


@proves("Record", "maxLength")
def test_the_longest_time_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done" maxLength="10"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("so " * 100)
    assert call.requests[-1].at == 10
    assert app.params("/done")["RecordingDuration"] == "10"


@rule("Record", "an empty recording is the next verb, and no request", "voice/twiml/record")
def test_an_empty_recording_is_the_next_verb(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE)
    assert twilio.call(app, url="/voice").wait().heard == ("Nothing recorded",)
    assert app.paths == ["/voice"]


@rule("Record", "the action of a caller who hung up has Digits=hangup", "voice/twiml/record")
def test_hanging_up_still_requests_the_action(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE, done="<Say>Nobody hears this</Say>")
    call = twilio.call(app, url="/voice").say("call me").hang_up()
    params = app.params("/done")
    assert (params["Digits"], params["CallStatus"]) == ("hangup", "completed")
    assert call.heard == ()


@proves("Record", "trim")
@pytest.mark.parametrize(
    ("trim", "seconds"), [pytest.param("trim-silence", 1, id="trimmed"), pytest.param("do-not-trim", 9, id="not")]
)
def test_trimming(twilio: Exchange, make_app: MakeApp, trim: str, seconds: int) -> None:
    app = make_app(f'<Record action="/done" timeout="6" trim="{trim}"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").wait(2).say("call me").wait()
    assert [event.seconds for event in call.transcript if isinstance(event, Recorded)] == [seconds]


@proves("Record", "recordingStatusCallback", "recordingStatusCallbackEvent", "recordingStatusCallbackMethod")
def test_the_recording_status_callback(twilio: Exchange, make_app: MakeApp) -> None:
    events = 'recordingStatusCallbackEvent="in-progress completed absent" recordingStatusCallbackMethod="GET"'
    voice = f'<Record action="/done" recordingStatusCallback="/told" {events}/>'
    app = make_app(voice, done="<Hangup/>", told="")
    twilio.call(app, url="/voice").say("call me back").wait()
    twilio.call(app, url="/voice").wait()
    told = [params for _, path, params in app.asked if path == "/told"]
    assert [params["RecordingStatus"] for params in told] == ["in-progress", "completed", "in-progress", "absent"]
    assert told[1]["RecordingUrl"] == app.params("/done")["RecordingUrl"]
    assert [params["RecordingSid"] == told[1]["RecordingSid"] for params in told] == [True, True, False, False]
    assert {params["RecordingUrl"].rpartition("/")[2] for params in told} == {each["RecordingSid"] for each in told}
    assert [params.get("RecordingDuration") for params in told] == [None, "1", None, "0"]
    assert told[1]["RecordingStartTime"] == told[0]["RecordingStartTime"]
    assert {method for method, path, _ in app.asked if path == "/told"} == {"GET"}


@proves("Record", "recordingTrack")
@pytest.mark.parametrize(("track", "words"), [("inbound", "call me"), ("outbound", ""), ("both", "call me")])
def test_whose_words_are_recorded(twilio: Exchange, make_app: MakeApp, track: str, words: str) -> None:
    app = make_app(f'<Record action="/done" recordingTrack="{track}"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("call me").wait()
    assert [event.words for event in call.transcript if isinstance(event, Recorded)] == [words]


@proves("Record", "transcribeCallback")
def test_a_transcription_is_told(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done" transcribeCallback="/text"/>', done="<Hangup/>", text="")
    twilio.call(app, url="/voice").say("call me back").wait()
    params = app.params("/text")
    assert (params["TranscriptionText"], params["TranscriptionStatus"]) == ("call me back", "completed")
    assert list(twilio.transcriptions) == [params["TranscriptionSid"]]


def test_unless_asked_nothing_is_transcribed(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.call(make_app('<Record action="/done"/>', done="<Hangup/>"), url="/voice").say("call me back").wait()
    assert not twilio.transcriptions


@pytest.mark.parametrize("ending", ["", ".wav", ".mp3"])
def test_played_back_it_takes_its_own_time(twilio: Exchange, make_app: MakeApp, ending: str) -> None:
    def done(params: Mapping[str, str]) -> str:
        return f"<Play>{params['RecordingUrl']}{ending}</Play><Say>Next</Say>"

    app = make_app("<Record action='/done' playBeep='false'/>", done=done)
    call = twilio.call(app, url="/voice").say("word " * 20).wait()
    length = int(app.params("/done")["RecordingDuration"])
    played, said = (event.at for event in call.transcript if isinstance(event, Played | Heard))
    assert (said - played, length) == (length, 8)
