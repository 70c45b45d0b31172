"""Twilio's public documents, where an application points at them."""

from urllib.parse import quote

import pytest
from twilio.rest import Client

from ivr.harness import Busy, Exchange, Floor
from ivr.harness.events import Played
from tests.harness.documents import MakeApp

FORWARD = "http://twimlets.com/forward?PhoneNumber=%2B14155550101&amp;FailUrl=http%3A%2F%2Flocalhost%2Ffailed"


def test_hold_music_plays_until_the_conference_begins(twilio: Exchange, make_app: MakeApp) -> None:
    music = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.rock"
    app = make_app(f'<Dial><Conference waitUrl="{music}">room</Conference></Dial>')
    first = twilio.call(app, url="/voice").wait(7)
    played = [event.sound for event in first.transcript if isinstance(event, Played)]
    assert played == ["http://com.twilio.music.rock.s3.amazonaws.com/music.mp3"] * 3
    twilio.call(app, url="/voice")
    assert first.should_not_warn().floor is Floor.TALK


def test_hold_music_in_a_queue(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Enqueue waitUrl="http://twimlets.com/holdmusic">q</Enqueue>')
    call = twilio.call(app, url="/voice").wait(10).should_not_warn().should_be_on_hold()
    assert next(event.sound for event in call.transcript if isinstance(event, Played)).endswith(
        "classical.s3.amazonaws.com/music.mp3"
    )


@pytest.mark.parametrize(
    ("url", "heard"),
    [
        ("http://demo.twilio.com/docs/voice.xml", "Thanks for trying our documentation. Enjoy!"),
        (
            "https://twimlets.com/message?Message%5B0%5D=Fish+%26+chips&Message%5B1%5D=http%3A%2F%2Fx.example.com%2Fa.mp3",
            "Fish & chips",
        ),
        ("http://twimlets.com/echo?Twiml=" + quote("<Response><Say>As I said</Say></Response>"), "As I said"),
    ],
    ids=["greeting", "message", "echo"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_call_placed_with_a_document_of_twilios(
    twilio: Exchange, twilio_client: Client, url: str, heard: str, method: str
) -> None:
    twilio_client.calls.create(to="+14155550101", from_="+12025550100", url=url, method=method)
    twilio.calls[-1].listen().should_have_heard(heard).should_end("completed").should_not_warn()


def test_forward(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(f"<Redirect>{FORWARD}</Redirect>", failed="<Say>Nobody is there</Say>")
    twilio.call(app, url="/voice").should_dial("+14155550101").should_be_connected().hang_up()
    twilio.far_end("+14155550101", Busy())
    twilio.call(app, url="/voice").should_hear("nobody is there").should_not_warn()


def test_any_other_twimlet_is_not_found(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.call(make_app("<Redirect>http://twimlets.com/callme</Redirect>"), url="/voice").should_warn(11200)
