"""REST through the official client, in this process and over HTTP: https://www.twilio.com/docs/usage/twilios-response."""

from datetime import timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.harness import Answers, Busy, Exchange, Floor, NoAnswer, NotInService
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import MakeApp
from tests.harness.rest_clients import client

__all__ = ["client"]

AGENT = "+14155550101"
US = "+12025550100"
HELLO = "<Response><Say>Hello</Say><Gather><Say>Press a key</Say></Gather></Response>"


def test_a_call_is_placed_rings_and_runs_its_document(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app("<Say>Hello</Say><Gather/>")
    twilio.serve(app, "https://shop.example.com")
    placed = client.calls.create(to=AGENT, from_=US, url="https://shop.example.com/voice")
    assert (placed.status, placed.direction, placed.duration) == ("queued", "outbound-api", None)
    call = twilio.calls[-1].listen()
    assert (call.sid, call.heard, call.floor) == (placed.sid, ("Hello",), Floor.QUESTION)
    assert app.params("/voice")["CallStatus"] == "in-progress"
    assert app.params("/voice")["Direction"] == "outbound-api"
    call.hang_up()
    fetched = client.calls(placed.sid).fetch()
    assert (fetched.status, int(fetched.duration or 0)) == ("completed", call.seconds)


@pytest.mark.parametrize(
    ("far_end", "status"), [(Busy(), "busy"), (NoAnswer(), "no-answer"), (NotInService(), "failed")]
)
def test_nobody_answers(twilio: Exchange, client: Client, far_end: Busy | NoAnswer | NotInService, status: str) -> None:
    twilio.far_end(AGENT, far_end)
    sid = client.calls.create(to=AGENT, from_=US, twiml=HELLO).sid
    twilio.calls[-1].listen()
    assert client.calls(str(sid)).fetch().status == status


def test_its_progress_is_told(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app("", told="")
    twilio.serve(app, "http://shop.example.com")
    events = ["initiated", "ringing", "answered", "completed"]
    client.calls.create(
        to=AGENT,
        from_=US,
        twiml="<Response><Hangup/></Response>",
        status_callback="http://shop.example.com/told",
        status_callback_event=events,
    )
    twilio.calls[-1].listen()
    told = [params["CallStatus"] for _, _, params in app.asked]
    assert told == ["initiated", "ringing", "in-progress", "completed"]


def test_a_live_call_gets_another_document(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Gather><Say>Press a key</Say></Gather>"), url="/voice")
    client.calls(call.sid).update(twiml="<Response><Say>Something else</Say><Gather/></Response>")
    call.listen(5)
    assert call.heard == ("Press a key", "Something else")


def test_a_live_call_is_sent_to_a_url(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app("<Gather timeout='600'/>", next="<Say>Here</Say>")
    call = twilio.call(app, url="/voice")
    client.calls(call.sid).update(url="http://localhost/next", method="GET")
    assert call.listen(5).heard == ("Here",)
    assert app.asked[-1][0] == "GET"


def test_a_dial_that_is_interrupted_tells_its_action(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    """Seen on the real one: the action is requested with `completed`, and what it answers is left alone."""
    app = make_app(f'<Dial action="/done">{AGENT}</Dial>', done="<Say>Ignored</Say>", next="<Say>Here</Say>")
    call = twilio.call(app, url="/voice")
    client.calls(call.sid).update(url="http://localhost/next")
    assert call.listen(5).heard == ("Here",)
    assert app.params("/done")["DialCallStatus"] == "completed"
    assert call.dialled[0].ended


def test_the_dialled_leg_goes_its_own_way(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app(f"<Dial>{AGENT}</Dial><Say>They left</Say>")
    call = twilio.call(app, url="/voice")
    child = call.dialled[0]
    client.calls(child.sid).update(twiml="<Response><Say>Come over here</Say><Gather/></Response>")
    call.listen(3)
    assert (call.heard, child.heard) == (("They left",), ("Come over here",))


def test_a_live_call_is_ended(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Gather timeout='600'/>"), url="/voice")
    client.calls(call.sid).update(status="completed")
    assert call.listen(0).ended


def test_a_ringing_call_is_canceled(twilio: Exchange, client: Client) -> None:
    sid = str(client.calls.create(to=AGENT, from_=US, twiml=HELLO).sid)
    client.calls(sid).update(status="canceled")
    twilio.calls[-1].listen()
    assert client.calls(sid).fetch().status == "canceled"


def test_a_call_that_is_over_cannot_be_redirected(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Hangup/>"), url="/voice")
    with pytest.raises(TwilioRestException) as refused:
        client.calls(call.sid).update(twiml=HELLO)
    assert (refused.value.status, refused.value.code) == (400, 21220)


def test_rest_from_inside_a_webhook(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    def voice(params: object) -> str:
        client.messages.create(to=AGENT, from_=US, body="Somebody calls")
        client.calls.create(to=AGENT, from_=US, twiml=HELLO)
        return "<Say>We have told them</Say>"

    call = twilio.call(make_app(voice), url="/voice")
    assert call.heard == ("We have told them",)
    assert [message.body for message in client.messages.list()] == ["Somebody calls"]
    assert twilio.calls[1].listen().heard == ("Hello", "Press a key")


def test_an_app_redirects_the_call_it_answers(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    def key(params: object) -> str:
        client.calls(twilio.calls[0].sid).update(twiml="<Response><Say>From REST</Say></Response>")
        return "<Say>From the webhook, which is long enough to be cut</Say>"

    app = make_app('<Gather numDigits="1" action="/key"/>', key=key)
    assert "From REST" in twilio.call(app, url="/voice").press("1").heard


def test_lists_come_in_pages(twilio: Exchange, client: Client) -> None:
    sids = [client.calls.create(to=AGENT, from_=US, twiml=HELLO).sid for _ in range(7)]
    assert [call.sid for call in client.calls.list(page_size=3)] == sids[::-1]
    assert [call.sid for call in client.calls.list(limit=2)] == sids[:-3:-1]
    assert client.calls.list(to="+19995550100") == []
    assert len(client.calls.list(status="queued")) == 7


def test_the_envelope(twilio: Exchange, client: Client) -> None:
    for _ in range(3):
        client.calls.create(to=AGENT, from_=US, twiml=HELLO)
    uri = f"/2010-04-01/Accounts/{twilio.account_sid}/Calls.json"
    signed_in = (twilio.account_sid, twilio.auth_token)
    page = requests.get(f"{client.api.base_url}{uri}?PageSize=2", auth=signed_in, timeout=1).json()
    assert {name: page[name] for name in page if name != "calls"} == {
        "page": 0,
        "page_size": 2,
        "start": 0,
        "end": 1,
        "uri": f"{uri}?PageSize=2&Page=0",
        "first_page_uri": f"{uri}?PageSize=2&Page=0",
        "previous_page_uri": None,
        "next_page_uri": f"{uri}?PageSize=2&Page=1",
    }
    assert page["calls"][0]["date_created"] == "Mon, 05 Jan 2026 15:00:00 +0000"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({"to": "", "from_": US, "twiml": HELLO}, 21201, id="no To"),
        pytest.param({"to": AGENT, "from_": "", "twiml": HELLO}, 21213, id="no From"),
        pytest.param({"to": "12", "from_": US, "twiml": HELLO}, 21211, id="To is no number"),
        pytest.param({"to": AGENT, "from_": US}, 21205, id="no document"),
        pytest.param({"to": AGENT, "from_": US, "url": "/voice"}, 21205, id="not absolute"),
        pytest.param({"to": AGENT, "from_": US, "application_sid": "AP1"}, 21218, id="no such application"),
    ],
)
def test_refused(client: Client, given: dict[str, str], code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.calls.create(**given)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_not_there(client: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.calls("CA" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)
    assert "was not found" in refused.value.msg


def test_a_wrong_token(twilio: Exchange, client: Client) -> None:
    wrong = Client(twilio.account_sid, "wrong")
    wrong.api.base_url = client.api.base_url
    with pytest.raises(TwilioRestException) as refused:
        wrong.calls("CA1").fetch()
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_an_api_key(twilio: Exchange) -> None:
    with rest_in_process(twilio, api_keys={"SK1": "secret"}):
        assert Client("SK1", "secret", twilio.account_sid).calls.list() == []


def test_recordings(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done"/>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("please call me back").press("#")
    (recording,) = client.recordings.list(call_sid=call.sid)
    assert (recording.duration, recording.source, recording.call_sid) == ("2", "RecordVerb", call.sid)
    sound = requests.get(app.params("/done")["RecordingUrl"], timeout=1)
    assert (sound.headers["Content-Type"], sound.content[:4], len(sound.content)) == ("audio/x-wav", b"RIFF", 16044)
    assert client.recordings(str(recording.sid)).delete()
    assert client.recordings.list() == []


def test_messages(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app("<Pause length='3'/>", told="")
    twilio.serve(app, "http://localhost")
    sent = client.messages.create(to=AGENT, from_=US, body="Hello", status_callback="http://localhost/told")
    assert (sent.status, sent.num_segments) == ("queued", "1")
    twilio.call(app, url="/voice")
    told = [params["MessageStatus"] for _, path, params in app.asked if path == "/told"]
    assert told == ["sent", "delivered"]
    assert client.messages(str(sent.sid)).fetch().status == "delivered"


def test_numbers(client: Client) -> None:
    number = client.incoming_phone_numbers.create(phone_number=US, voice_url="https://shop.example.com/voice")
    assert (number.phone_number, number.voice_method) == (US, "POST")
    number.update(voice_method="GET", voice_url="")
    (found,) = client.incoming_phone_numbers.list(phone_number=US)
    assert (found.sid, found.voice_method, found.voice_url) == (number.sid, "GET", "")
    assert number.delete()
    assert client.incoming_phone_numbers.list() == []


def test_a_call_with_an_application(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    twilio.serve(make_app("<Say>From the application</Say>"), "http://shop.example.com")
    application = client.applications.create(voice_url="http://shop.example.com/voice")
    client.calls.create(to=AGENT, from_=US, application_sid=str(application.sid))
    assert twilio.calls[-1].listen().heard == ("From the application",)


def test_relative_urls_have_nothing_to_start_from(twilio: Exchange, client: Client) -> None:
    client.calls.create(to=AGENT, from_=US, twiml="<Response><Redirect>/next</Redirect></Response>")
    assert [problem.code for problem in twilio.calls[-1].listen().warnings] == [11100]


def test_a_call_is_recorded(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app("<Gather input='speech' action='/bye'><Say>Hello</Say></Gather>", bye="", heard="", over="")
    twilio.serve(app, "http://localhost")
    twilio.far_end(AGENT, Answers(after=5, script="say my card is lost"))
    placed = client.calls.create(
        to=AGENT,
        from_=US,
        url="http://localhost/voice",
        record=True,
        recording_channels="dual",
        recording_status_callback="http://localhost/heard",
        recording_status_callback_event=["in-progress completed"],
        status_callback="http://localhost/over",
    )
    call = twilio.calls[-1].listen(6)
    (running,) = client.calls(placed.sid).recordings.list()
    assert (running.status, running.duration) == ("in-progress", "-1")
    call.listen().should_record("my card is lost").should_end("completed")
    (recording,) = client.recordings.list(call_sid=placed.sid)
    assert (recording.status, recording.source, recording.channels) == ("completed", "OutboundAPI", 2)
    assert recording.duration == str(call.seconds)
    told = [(params["RecordingStatus"], params["RecordingSid"]) for _, path, params in app.asked if path == "/heard"]
    assert told == [("in-progress", recording.sid), ("completed", recording.sid)]
    assert app.params("/over")["RecordingUrl"].endswith(str(recording.sid))


def test_a_live_call_is_recorded_paused_and_stopped(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Gather timeout='600'/>"), url="/voice")
    recording = client.calls(call.sid).recordings.create()
    call.listen(5)
    now = client.calls(call.sid).recordings("Twilio.CURRENT")
    assert now.update(status="paused", pause_behavior="skip").status == "paused"
    call.listen(60)
    assert now.update(status="in-progress").status == "in-progress"
    call.listen(5)
    assert now.update(status="stopped").status == "completed"
    assert client.recordings(str(recording.sid)).fetch().duration == "10"
    assert client.calls(call.sid).recordings(str(recording.sid)).delete()


def test_what_is_over_cannot_be_recorded(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Hangup/>"), url="/voice")
    with pytest.raises(TwilioRestException) as refused:
        client.calls(call.sid).recordings.create()
    assert refused.value.status == 400


def test_keys_sent_to_whoever_answers(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app('<Gather numDigits="4" action="/pin"/>', pin=lambda params: f"<Say>{params['Digits']}</Say>")
    twilio.number(AGENT, app, url="/voice")
    client.calls.create(to=AGENT, from_=US, twiml="<Response><Pause length='9'/></Response>", send_digits="ww4711")
    twilio.calls[0].listen()
    assert app.params("/pin")["Digits"] == "4711"


def test_a_number_is_found_and_bought(client: Client) -> None:
    found = client.available_phone_numbers("US").local.list(area_code="512", limit=3)
    assert [number.phone_number for number in found] == ["+15125550100", "+15125550101", "+15125550102"]
    client.incoming_phone_numbers.create(phone_number=str(found[0].phone_number))
    assert client.incoming_phone_numbers.create(area_code="512").phone_number == "+15125550101"
    left = client.available_phone_numbers("US").local.list(area_code="512", contains="***5550102")
    assert [number.friendly_name for number in left] == ["(512) 555-0102"]
    assert client.available_phone_numbers("US").toll_free.list(limit=1)[0].phone_number == "+18005550100"


@pytest.mark.parametrize("area", ["12", "012"])
def test_no_such_area_code(client: Client, area: str) -> None:
    assert client.available_phone_numbers("US").local.list(area_code=area) == []
    with pytest.raises(TwilioRestException) as refused:
        client.incoming_phone_numbers.create(area_code=area)
    assert refused.value.code == 21421


def test_calls_and_messages_of_a_day(twilio: Exchange, client: Client) -> None:
    client.calls.create(to=AGENT, from_=US, twiml=HELLO)
    client.messages.create(to=AGENT, from_=US, body="Hello")
    today, tomorrow = twilio.began, twilio.began + timedelta(days=1)
    for calls, messages, there in (
        (client.calls.list(start_time=today), client.messages.list(date_sent=today), 1),
        (client.calls.list(start_time_after=tomorrow), client.messages.list(date_sent_after=tomorrow), 0),
        (client.calls.list(start_time_before=tomorrow), client.messages.list(date_sent_before=tomorrow), 1),
    ):
        assert (len(calls), len(messages)) == (there, there)


def test_what_a_message_says_is_taken_out(client: Client) -> None:
    sent = client.messages.create(to=AGENT, from_=US, body="My card number")
    assert client.messages(str(sent.sid)).update(body="").body == ""
    with pytest.raises(TwilioRestException):
        client.messages(str(sent.sid)).update(status="canceled")


def test_an_update_breaks_off_what_is_said(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Say>One two three four five.</Say>"), url="/voice", listen_for=1)
    client.calls(call.sid).update(twiml="<Response><Say>Something else</Say></Response>")
    assert call.listen().heard == ("One two", "Something else")
