"""Over REST: what belongs to the account and to no live call, and what the virtual Twilio lacks."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.harness import Exchange
from ivr.harness.events import Recorded
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves
from tests.harness.rest_clients import client

__all__ = ["client"]

LINE, AGENT = "+12025550100", "+14155550101"


def test_the_account_is_the_only_one(twilio: Exchange, client: Client) -> None:
    (account,) = client.api.accounts.list()
    assert (account.sid, account.status, account.date_created) == (twilio.account_sid, "active", twilio.began)
    assert client.api.accounts.list(status="closed") == []


def test_it_owes_nothing(twilio: Exchange, client: Client) -> None:
    balance = client.balance.fetch()
    assert (balance.balance, balance.currency, balance.account_sid) == ("0.00", "USD", twilio.account_sid)


def test_a_caller_id_is_validated_named_and_forgotten(client: Client) -> None:
    asked = client.validation_requests.create(phone_number="(415) 555-0101", friendly_name="Desk")
    assert (asked.phone_number, len(asked.validation_code)) == (AGENT, 6)
    (kept,) = client.outgoing_caller_ids.list(phone_number=AGENT)
    assert client.outgoing_caller_ids(kept.sid).update(friendly_name="Front desk").friendly_name == "Front desk"
    client.outgoing_caller_ids(kept.sid).delete()
    assert client.outgoing_caller_ids.list() == []
    with pytest.raises(TwilioRestException) as refused:
        client.validation_requests.create(phone_number="nonsense")
    assert refused.value.code == 13223


def test_warnings_and_errors_are_notifications(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Shout/><Redirect>/nowhere</Redirect>"), url="/voice")
    error, warning = client.notifications.list()
    assert [(each.error_code, each.log, each.call_sid) for each in (warning, error)] == [
        ("12200", "1", call.sid),
        ("11200", "0", call.sid),
    ]
    assert error.request_url == "http://localhost/nowhere"
    (only,) = client.calls(call.sid).notifications.list(log=0)
    assert client.notifications(only.sid).fetch().message_text == error.message_text


@proves("Record", "transcribe")
def test_a_transcription_is_kept(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app('<Record transcribe="true" action="/done"/>', done="<Hangup/>")
    twilio.call(app, url="/voice").say("please call me back").wait()
    (kept,) = client.transcriptions.list()
    assert kept.transcription_text == "please call me back"
    of_recording = client.recordings(kept.recording_sid).transcriptions
    assert of_recording(kept.sid).fetch().transcription_text == "please call me back"
    assert [each.sid for each in of_recording.list()] == [kept.sid]
    client.transcriptions(kept.sid).delete()
    assert client.transcriptions.list() == []


def test_the_media_of_a_message(client: Client) -> None:
    urls = ["https://shop.example.com/map.png", "https://shop.example.com/card"]
    message = client.messages.create(to=AGENT, from_=LINE, body="Here", media_url=urls)
    found = client.messages(message.sid).media.list()
    assert [each.content_type for each in found] == ["image/png", "application/octet-stream"]
    assert client.messages(message.sid).media(found[0].sid).fetch().parent_sid == message.sid
    assert client.messages(client.messages.create(to=AGENT, from_=LINE, body="Hi").sid).media.list() == []


def test_numbers_are_to_be_had_in_one_country(client: Client) -> None:
    (country,) = client.available_phone_numbers.list()
    assert (country.country_code, set(country.subresource_uris)) == ("US", {"local", "toll_free", "mobile"})
    assert client.available_phone_numbers("US").fetch().country == "United States"


def test_a_message_to_an_sdk_stands_in_the_transcript(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Gather timeout="600"/>'), url="/voice")
    sent = client.calls(call.sid).user_defined_messages.create(content='{"room": 4}')
    assert (str(sent.sid)[:2], sent.call_sid) == ("KX", call.sid)
    assert 'user-defined message: {"room": 4}' in [getattr(event, "what", "") for event in call.transcript]


def test_a_recording_is_heard_as_mp3(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Record action="/done"/>', done="<Hangup/>")
    twilio.call(app, url="/voice").say("please call me back").wait()
    with rest_in_process(twilio):
        answer = requests.get(app.params("/done")["RecordingUrl"] + ".mp3")
    assert answer.headers["Content-Type"] == "audio/mpeg"
    frames = len(answer.content) / 104  # a frame is 26 ms
    assert answer.content.startswith(b"\xff\xfb")
    assert round(frames * 1152 / 44100) == int(app.params("/done")["RecordingDuration"])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param(
            "Keys.json", "the virtual Twilio has no Keys; it has Applications, AvailablePhone", id="a resource"
        ),
        pytest.param("Calls/CA1/Payments.json", "no Calls/.../Payments; it has Events, Notif", id="one of another's"),
        pytest.param("Queues/QU1/Members/CA1/Notes.json", "was not found", id="deeper"),
        pytest.param("Balance/BA1.json", "was not found", id="none of one that has none"),
    ],
)
def test_what_is_lacking_is_said(twilio: Exchange, path: str, said: str) -> None:
    with rest_in_process(twilio):
        url = f"https://api.twilio.com/2010-04-01/Accounts/{twilio.account_sid}/{path}"
        answer = requests.post(url, auth=(twilio.account_sid, twilio.auth_token))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)
    assert said in answer.json()["message"]


def test_other_apis_of_twilio_are_not_here(twilio: Exchange) -> None:
    with rest_in_process(twilio):
        lookups = Client(twilio.account_sid, twilio.auth_token).lookups.v2
        with pytest.raises(TwilioRestException, match="only the API of 2010") as refused:
            lookups.phone_numbers(AGENT).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_the_recording_of_a_dial_is_paused_for_a_secret(twilio: Exchange, client: Client, make_app: MakeApp) -> None:
    app = make_app(f'<Dial record="record-from-answer" action="/done">{AGENT}</Dial>', done="<Hangup/>")
    call = twilio.call(app, url="/voice").say("my name is Ann")
    current = client.calls(call.sid).recordings("Twilio.CURRENT")
    assert current.update(status="paused", pause_behavior="skip").status == "paused"
    call.say("the secret is blue").wait(8)
    assert current.update(status="in-progress").status == "in-progress"
    call.say("thank you").hang_up()
    (recorded,) = [event for event in call.transcript if isinstance(event, Recorded)]
    assert (recorded.words, recorded.seconds) == ("my name is Ann thank you", 2)
