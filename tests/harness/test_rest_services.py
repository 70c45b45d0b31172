"""Over REST: what runs beside a live call, and who is called into a conference."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.harness import Answers, Exchange, NoAnswer
from tests.harness.documents import Documents, MakeApp
from tests.harness.rest_clients import client

__all__ = ["client"]

AGENT, LINE = "+14155550101", "+12025550100"


@pytest.fixture
def app(make_app: MakeApp) -> Documents:
    return make_app('<Gather timeout="600"/>', told="")


def told(app: Documents, name: str) -> list[str]:
    return [params[name] for _, path, params in app.asked if path == "/told"]


def test_a_stream_is_started_and_stopped(twilio: Exchange, client: Client, app: Documents) -> None:
    call = twilio.call(app, url="/voice")
    streams = client.calls(call.sid).streams
    made = streams.create(url="wss://localhost/s", name="mine", status_callback="http://localhost/told")
    assert (made.status, made.name, str(made.sid)[:2]) == ("in-progress", "mine", "MZ")
    assert client.calls(call.sid).streams(str(made.sid)).update(status="stopped").status == "stopped"
    call.wait(1)
    assert told(app, "StreamEvent") == ["stream-started", "stream-stopped"]


def test_a_siprec_and_a_transcription_are_started_and_stopped(twilio: Exchange, client: Client, app: Documents) -> None:
    call = client.calls(twilio.call(app, url="/voice").sid)
    siprec = call.siprec.create(connector_name="c", name="s")
    words = call.transcriptions.create(name="t", status_callback_url="http://localhost/told")
    assert call.siprec(str(siprec.sid)).update(status="stopped").status == "stopped"
    assert call.transcriptions(str(words.sid)).update(status="stopped").status == "stopped"
    twilio.calls[0].wait(1)
    assert told(app, "TranscriptionEvent") == ["transcription-started", "transcription-stopped"]


def test_what_a_document_started_is_stopped_by_name(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    stream = '<Start><Stream name="mine" url="wss://localhost/s" statusCallback="/told"/></Start>'
    app = make_app(f'{stream}<Gather timeout="600"/>', told="")
    call = twilio.call(app, url="/voice")
    client.calls(call.sid).streams("mine").update(status="stopped")
    call.wait(1)
    assert told(app, "StreamEvent") == ["stream-started", "stream-stopped"]


def test_nothing_is_started_beside_a_call_that_is_over(twilio: Exchange, client: Client, app: Documents) -> None:
    call = twilio.call(app, url="/voice").hang_up()
    with pytest.raises(TwilioRestException) as refused:
        client.calls(call.sid).streams.create(url="wss://localhost/s")
    assert (refused.value.status, refused.value.code) == (400, 21220)


def test_who_is_called_in_is_listed_while_it_rings(twilio: Exchange, client: Client) -> None:
    twilio.far_end(AGENT, Answers(after=5))
    added = client.conferences("Room").participants.create(from_=LINE, to=AGENT, label="agent", early_media=True)
    assert added.status == "queued"
    participants = client.conferences(str(added.conference_sid)).participants
    twilio.calls[-1].listen(2)
    assert [(each.label, each.status) for each in participants.list()] == [("agent", "ringing")]
    twilio.calls[-1].listen(4)
    assert participants("agent").fetch().status == "connected"


def test_who_still_rings_is_called_off(twilio: Exchange, client: Client) -> None:
    twilio.far_end(AGENT, NoAnswer())
    added = client.conferences("Room").participants.create(from_=LINE, to=AGENT)
    call = twilio.calls[-1].listen(2)
    participants = client.conferences(str(added.conference_sid)).participants
    assert participants(call.sid).delete()
    call.listen(1).should_end("canceled")
    assert participants.list() == []


def test_the_conference_tells_of_whom_rest_added(twilio: Exchange, client: Client, app: Documents) -> None:
    twilio.serve(app, "http://localhost")
    client.conferences("Room").participants.create(
        from_=LINE,
        to=AGENT,
        conference_status_callback="http://localhost/told",
        conference_status_callback_event=["join", "leave"],
    )
    twilio.calls[-1].listen(4).hang_up()
    assert told(app, "StatusCallbackEvent") == ["participant-join", "participant-leave"]


@pytest.mark.parametrize(
    ("url", "event"),
    [
        pytest.param("/news", "announcement-end", id="to its end"),
        pytest.param("/nowhere", "announcement-fail", id="that cannot be had"),
    ],
)
def test_the_end_of_an_announcement_is_told(
    twilio: Exchange, client: Client, make_app: MakeApp, url: str, event: str
) -> None:
    room = '<Conference statusCallback="/told" statusCallbackEvent="announcement">Room</Conference>'
    app = make_app(f"<Dial>{room}</Dial>", told="", news="<Say>We close at five</Say>")
    first = twilio.call(app, url="/voice")
    twilio.call(app, url="/voice", from_="+14155550199")
    sid = str(client.conferences.list()[0].sid)
    client.conferences(sid).participants(first.sid).update(announce_url=f"http://localhost{url}")
    first.listen(5)
    (params,) = [params for _, path, params in app.asked if path == "/told"]
    assert (params["StatusCallbackEvent"], params["CallSid"]) == (event, first.sid)
    assert params["AnnounceUrl"] == f"http://localhost{url}"
    assert ("ReasonAnnouncementFailed" in params) == (event == "announcement-fail")


def test_the_requests_of_a_call_are_its_events(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app('<Gather numDigits="1" action="/menu"/>', menu="<Hangup/>")
    call = twilio.call(app, url="/voice").press("4")
    found = client.calls(call.sid).events.list()
    assert [each.request["url"] for each in found] == ["http://localhost/voice", "http://localhost/menu"]
    assert found[1].request["parameters"]["Digits"] == "4"
    assert (found[1].response["response_code"], found[1].response["response_body"]) == (
        200,
        "<Response><Hangup/></Response>",
    )


def test_local_numbers_are_bought_and_listed(client: Client) -> None:
    bought = client.incoming_phone_numbers.local.create(phone_number="+14155550144", voice_url="http://localhost/voice")
    assert [each.sid for each in client.incoming_phone_numbers.local.list()] == [bought.sid]
    assert client.incoming_phone_numbers.list()[0].phone_number == "+14155550144"
