"""Dial, rule by rule: https://www.twilio.com/docs/voice/twiml/dial."""

import pytest
from twilio.rest import Client

from ivr.harness import Answers, Busy, Exchange, FarEnd, Floor, NoAnswer, NotInService
from ivr.harness.events import Played, Recorded
from ivr.harness.outcome import Ask
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule

AGENT = "+14155550101"
OTHER = "+14155550102"
VOICE = f'<Dial action="/done">{AGENT}</Dial>'
BOTH = f'<Dial action="/done"><Number>{AGENT}</Number><Number>{OTHER}</Number></Dial>'


def test_the_two_are_connected_and_hear_each_other(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Answers(after=3, script="say hello there"))
    call = twilio.call(make_app(VOICE), url="/voice")
    assert (call.floor, call.seconds) == (Floor.TALK, 3)
    call.say("I lost my card")
    assert call.heard == ("hello there",)
    assert call.dialled[0].heard == ("I lost my card",)


@pytest.mark.parametrize(
    ("far_end", "status"),
    [
        pytest.param(Answers(script="wait 9; hang up"), "completed", id="answered"),
        pytest.param(Busy(), "busy", id="busy"),
        pytest.param(NoAnswer(), "no-answer", id="no answer"),
        pytest.param(NotInService(), "failed", id="not in service"),
    ],
)
@proves("Dial", "action")
@rule("Dial", "the action is told how it went", "voice/twiml/dial#action")
def test_the_action_is_told_how_it_went(twilio: Exchange, make_app: MakeApp, far_end: FarEnd, status: str) -> None:
    twilio.far_end(AGENT, far_end)
    app = make_app(VOICE, done="<Say>Goodbye</Say>")
    call = twilio.call(app, url="/voice")
    if not call.ended:
        call.wait()
    params = app.params("/done")
    assert (params["DialCallStatus"], params["CallStatus"]) == (status, "in-progress")
    assert params["DialBridged"] == ("true" if status == "completed" else "false")
    assert params.get("DialCallDuration") == ("9" if status == "completed" else None)
    assert params.get("DialCallSid") == (call.dialled[0].sid if status == "completed" else None)
    assert call.heard == ("Goodbye",)


@rule("Dial", "without an action the next verb follows", "voice/twiml/dial#action")
def test_without_an_action_the_next_verb(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Busy())
    app = make_app(f"<Dial>{AGENT}</Dial><Say>Nobody is there</Say>")
    assert twilio.call(app, url="/voice").heard == ("Nobody is there",)


@proves("Dial", "timeout")
@rule("Dial", "it rings five seconds longer than its timeout", "voice/twiml/dial#timeout")
def test_it_rings_five_seconds_longer_than_the_timeout(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, NoAnswer())
    call = twilio.call(make_app(f'<Dial timeout="10">{AGENT}</Dial>'), url="/voice")
    assert (call.seconds, call.dialled[0].status) == (15, "no-answer")


@rule("Dial", "of several the first to answer wins, and the others are canceled", "voice/twiml/number")
def test_the_first_to_answer_wins_and_the_others_are_canceled(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Answers(after=5))
    twilio.far_end(OTHER, Answers(after=2))
    call = twilio.call(make_app(BOTH), url="/voice")
    assert [(child.to, child.status) for child in call.dialled] == [(AGENT, "canceled"), (OTHER, "in-progress")]


def test_one_busy_does_not_stop_the_other(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Busy())
    call = twilio.call(make_app(BOTH), url="/voice")
    assert [child.status for child in call.dialled] == ["busy", "in-progress"]


@rule("Dial", "the action of a caller who hung up is still requested", "voice/twiml/dial#action")
def test_the_caller_hangs_up_and_the_action_is_still_requested(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE, done="<Say>Nobody hears this</Say>")
    call = twilio.call(app, url="/voice").hang_up()
    params = app.params("/done")
    assert (params["CallStatus"], params["DialCallStatus"]) == ("completed", "completed")
    assert (call.heard, call.dialled[0].ended) == ((), True)


@pytest.mark.parametrize(("attribute", "ended"), [("true", True), ("false", False)], ids=["hangupOnStar", "without"])
@proves("Dial", "hangupOnStar")
@rule("Dial", "the star ends it with hangupOnStar", "voice/twiml/dial#hanguponstar")
def test_the_star(twilio: Exchange, make_app: MakeApp, attribute: str, ended: bool) -> None:
    app = make_app(f'<Dial hangupOnStar="{attribute}">{AGENT}</Dial>')
    call = twilio.call(app, url="/voice").press("*")
    assert (call.dialled[0].ended, call.ended) == (ended, ended)


@proves("Dial", "timeLimit")
@rule("Dial", "the time limit ends the talk and not the call", "voice/twiml/dial#timelimit")
def test_the_time_limit_ends_the_talk_and_not_the_call(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(f'<Dial timeLimit="60">{AGENT}</Dial><Say>Time is up</Say>')
    assert twilio.call(app, url="/voice").wait().heard == ("Time is up",)


def test_the_far_end_can_be_acted_for(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f"<Dial>{AGENT}</Dial><Say>They left</Say>"), url="/voice")
    call.dialled[0].say("hello").hang_up()
    assert call.listen().heard == ("hello", "They left")


@proves("Dial", "callerId")
@proves("Number", "statusCallback", "statusCallbackEvent")
@rule("Callbacks", "the called leg's events come in order, with ParentCallSid", "voice/twiml/number")
def test_progress_of_the_called_leg(twilio: Exchange, make_app: MakeApp) -> None:
    number = (
        f'<Number statusCallback="/told" statusCallbackEvent="initiated ringing answered completed">{AGENT}</Number>'
    )
    app = make_app(f'<Dial callerId="+12025550177">{number}</Dial>', told="")
    call = twilio.call(app, url="/voice").hang_up()
    told = [params for _, path, params in app.asked if path == "/told"]
    assert [params["CallStatus"] for params in told] == ["initiated", "ringing", "in-progress", "completed"]
    assert [params["SequenceNumber"] for params in told] == ["0", "1", "2", "3"]
    assert {(params["ParentCallSid"], params["Direction"]) for params in told} == {(call.sid, "outbound-dial")}
    assert {(params["From"], params["To"]) for params in told} == {("+12025550177", AGENT)}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param("<Dial/>", 13224, id="nobody to call"),
        pytest.param("<Dial>nonsense</Dial>", 13223, id="not a number"),
        pytest.param("<Dial><Say>Hi</Say></Dial>", 13215, id="a noun it does not know"),
        pytest.param(f"<Dial>{'<Number>+14155550101</Number>' * 11}</Dial>", 13215, id="more than ten"),
    ],
)
def test_warnings(twilio: Exchange, make_app: MakeApp, document: str, code: int) -> None:
    assert code in [warning.code for warning in twilio.call(make_app(document), url="/voice").warnings]


@rule("Dial", "unformatted US numbers are read", "voice/twiml/dial")
def test_unformatted_us_numbers_are_read(twilio: Exchange, make_app: MakeApp) -> None:
    assert twilio.call(make_app("<Dial>(415) 555-0101</Dial>"), url="/voice").dialled[0].to == AGENT


@proves("Dial", "record", "recordingStatusCallback")
def test_a_recorded_dial_gives_its_action_the_recording(twilio: Exchange, make_app: MakeApp) -> None:
    voice = f'<Dial action="/done" record="record-from-answer" recordingStatusCallback="/told">{AGENT}</Dial>'
    twilio.far_end(AGENT, Answers(script="wait 9; hang up"))
    app = make_app(voice, done="<Hangup/>", told="")
    twilio.call(app, url="/voice").wait()
    url = app.params("/done")["RecordingUrl"]
    told = app.params("/told")
    assert (told["RecordingUrl"], told["RecordingDuration"], told["RecordingSource"]) == (url, "9", "DialVerb")


@proves("Dial", "method")
def test_the_action_may_be_a_get(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(AGENT, Busy())
    app = make_app(f'<Dial action="/done" method="GET">{AGENT}</Dial>', done="<Hangup/>")
    twilio.call(app, url="/voice")
    assert [method for method, path, _ in app.asked if path == "/done"] == ["GET"]


@pytest.mark.parametrize(
    ("record", "track", "seconds", "channels"),
    [
        pytest.param("record-from-answer", "both", 6, 1, id="from the answer"),
        pytest.param("record-from-ringing", "both", 10, 1, id="from ringing"),
        pytest.param("record-from-ringing-dual", "both", 10, 2, id="on two channels"),
        pytest.param("record-from-answer-dual", "inbound", 6, 1, id="one track has one channel"),
    ],
)
@proves("Dial", "record", "recordingTrack")
def test_what_is_recorded(
    twilio: Exchange, make_app: MakeApp, record: str, track: str, seconds: int, channels: int
) -> None:
    twilio.far_end(AGENT, Answers(after=4, script="wait 6; hang up"))
    twilio.call(make_app(f'<Dial record="{record}" recordingTrack="{track}">{AGENT}</Dial>'), url="/voice").wait()
    (recording,) = twilio.recordings.values()
    assert (recording.seconds, recording.channels) == (seconds, channels)


@pytest.mark.parametrize(
    ("track", "words"), [("inbound", "hello"), ("outbound", "yes please"), ("both", "hello yes please")]
)
@proves("Dial", "recordingTrack")
def test_whose_words_are_recorded(twilio: Exchange, make_app: MakeApp, track: str, words: str) -> None:
    app = make_app(f'<Dial record="record-from-answer" recordingTrack="{track}">{AGENT}</Dial>')
    call = twilio.call(app, url="/voice").say("hello")
    call.dialled[0].say("yes please").hang_up()
    call.listen()
    assert [event.words for event in call.transcript if isinstance(event, Recorded)] == [words]


@pytest.mark.parametrize(("trim", "seconds"), [("trim-silence", "1"), ("do-not-trim", "13")])
@proves("Dial", "trim", "recordingStatusCallback", "recordingStatusCallbackEvent", "recordingStatusCallbackMethod")
def test_silence_is_trimmed_and_each_status_told(twilio: Exchange, make_app: MakeApp, trim: str, seconds: str) -> None:
    told = 'recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed"'
    told += ' recordingStatusCallbackMethod="GET"'
    app = make_app(f'<Dial record="record-from-answer" trim="{trim}" {told}>{AGENT}</Dial>', told="")
    twilio.call(app, url="/voice").wait(6).say("one two three").wait(6).hang_up()
    asked = [(method, params) for method, path, params in app.asked if path == "/told"]
    assert [(method, params["RecordingStatus"]) for method, params in asked] == [
        ("GET", "in-progress"),
        ("GET", "completed"),
    ]
    assert asked[1][1]["RecordingDuration"] == seconds


@proves("Dial", "ringTone")
def test_a_ring_tone_of_ones_own(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f'<Dial ringTone="jp">{AGENT}</Dial>'), url="/voice")
    assert [event.sound for event in call.transcript if isinstance(event, Played)] == ["ring tone jp"]
    assert twilio.call(make_app(f'<Dial ringTone="xx">{AGENT}</Dial>'), url="/voice").warnings[0].code == 13220


@proves("Dial", "referUrl", "referMethod")
def test_the_other_phone_sends_the_caller_on(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(
        f'<Dial referUrl="/refer" referMethod="GET" action="/done">{AGENT}</Dial>',
        refer=lambda params: f"<Say>On to {params['ReferTransferTarget']}</Say>",
    )
    call = twilio.call(app, url="/voice")
    call.dialled[0].refer("sip:desk@example.com")
    assert call.listen().heard == ("On to sip:desk@example.com",)
    assert [method for method, path, _ in app.asked if path == "/refer"] == ["GET"]
    assert (call.dialled[0].ended, "/done" in app.paths) == (True, False)


def test_without_a_refer_url_it_is_refused(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(VOICE), url="/voice")
    call.dialled[0].refer("sip:desk@example.com")
    assert call.floor is Floor.TALK


@pytest.mark.parametrize(
    ("caller_id", "noun", "codes"),
    [
        pytest.param("Front desk", f"<Number>{AGENT}</Number>", [13214], id="a name to a number"),
        pytest.param("Front_desk", "<Sip>sip:ann@example.com</Sip>", [], id="a name to a SIP address"),
        pytest.param("client:ann", "<Client>joey</Client>", [], id="a client to a client"),
        pytest.param("client:ann", f"<Number>{AGENT}</Number>", [13214], id="a client to a number"),
        pytest.param("(202) 555-0177", f"<Number>{AGENT}</Number>", [], id="a number as written"),
    ],
)
@proves("Dial", "callerId")
@rule("Dial", "a callerId that is no number is a warning where a number is called: 13214", "api/errors/13214")
def test_what_may_be_shown_as_the_caller(
    twilio: Exchange, make_app: MakeApp, caller_id: str, noun: str, codes: list[int]
) -> None:
    call = twilio.call(make_app(f'<Dial callerId="{caller_id}">{noun}</Dial>'), url="/voice")
    assert [warning.code for warning in call.warnings] == codes
    assert call.dialled[0].from_ == ("+12025550177" if caller_id.startswith("(") else caller_id)


@pytest.mark.parametrize(
    ("caller_id", "codes"),
    [
        pytest.param("+12025550101", [], id="the caller's"),
        pytest.param("+12025550100", [], id="the number called"),
        pytest.param("+12025550188", [], id="the account's"),
        pytest.param("+12025550199", [], id="validated"),
        pytest.param("+12025550177", [13214], id="another"),
    ],
)
@rule("Dial", "a callerId is the caller's, the number called, or one of the account's: 13214", "api/errors/13214")
def test_whose_number_may_be_shown(twilio: Exchange, make_app: MakeApp, caller_id: str, codes: list[int]) -> None:
    app = make_app(f'<Dial callerId="{caller_id}">{AGENT}</Dial>')
    twilio.number("+12025550188", app, url="/other")
    with rest_in_process(twilio):
        Client(twilio.account_sid, twilio.auth_token).validation_requests.create(phone_number="+12025550199")
    call = twilio.call(app, url="/voice")
    assert [warning.code for warning in call.warnings] == codes
    assert call.dialled[0].from_ == caller_id


@rule("Dial", "a client that calls a number needs a callerId: 13214", "api/errors/13214")
def test_a_client_that_calls_a_number_needs_a_caller_id(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f"<Dial>{AGENT}</Dial>"), url="/voice", from_="client:ann")
    assert [(warning.code, warning.text) for warning in call.warnings] == [
        (13214, "a client calls a number, and so needs a callerId")
    ]


def test_a_party_that_rest_took_away_has_no_duration(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(VOICE, done="<Hangup/>", other="<Pause length='60'/>")
    call = twilio.call(app, url="/voice").wait(4)
    twilio.legs[call.dialled[0].sid].redirect(Ask(method="POST", url="http://localhost/other"))
    call.listen()
    assert app.params("/done")["DialCallSid"] == call.dialled[0].sid
    assert "DialCallDuration" not in app.params("/done")
