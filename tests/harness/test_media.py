"""Play fetches what it plays: how long that is, and what happens without it."""

import struct
import wave
from io import BytesIO

import pytest
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN, Exchange
from ivr.harness.events import Ended, Played
from tests.harness.documents import Answer, MakeApp
from tests.harness.proofs import rule


def wav(seconds: float) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * round(seconds * 8000))
    return file.getvalue()


def mu_law(seconds: float, *chunks: bytes) -> bytes:
    """As telephones code it: format 7, a byte a sample, with other chunks before the sound."""
    form = struct.pack("<4sIHHIIHHH", b"fmt ", 18, 7, 1, 8000, 8000, 1, 8, 0)
    sound = struct.pack("<4sI", b"data", round(seconds * 8000)) + b"\xff" * round(seconds * 8000)
    rest = b"WAVE" + form + b"".join(chunks) + sound
    return struct.pack("<4sI", b"RIFF", len(rest)) + rest


def streamed() -> bytes:
    return wav(0).replace(struct.pack("<4sI", b"data", 0), struct.pack("<4sI", b"data", 0xFFFFFFFF))


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        pytest.param(mu_law(7.5), 7.5, id="mu-law"),
        pytest.param(mu_law(2, struct.pack("<4sI4s", b"LIST", 3, b"odd")), 2, id="mu-law after a chunk of odd size"),
        pytest.param(streamed(), 3, id="a stream of no known length"),
        pytest.param(mu_law(0).replace(b"fmt ", b"fmt?"), 3, id="a header without a format"),
        pytest.param(wav(1.5), 1.5, id="a WAV file"),
        pytest.param(wav(20), 20, id="a WAV file longer than what is read of it"),
        pytest.param(b"ID3", 3, id="a sound that does not say"),
        pytest.param(b"RIFF", 3, id="half a header"),
    ],
)
@rule("Say, Play, Pause", "a sound takes as long as it is", "voice/twiml/play")
def test_a_sound_takes_its_own_time(twilio: Exchange, make_app: MakeApp, body: bytes, seconds: float) -> None:
    app = make_app("<Play>s</Play><Play>s</Play>", s=Answer(body=body, headers=(("Content-Type", "audio/x-wav"),)))
    call = twilio.call(app, url="/voice")
    assert isinstance(call.transcript[-1], Ended)
    assert (call.transcript[-1].at, call.warnings) == (2 * seconds, ())


def test_it_is_fetched_once_an_exchange_signed_and_without_parameters(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Play loop="3">s</Play><Play>s</Play>', s=Answer(body=wav(1)))
    for _ in range(2):
        twilio.call(app, url="/voice")
    assert [asked for asked in app.asked if asked[1] == "/s"] == [("GET", "/s", {})]
    (environ,) = [environ for environ in app.environs if environ["PATH_INFO"] == "/s"]
    assert RequestValidator(AUTH_TOKEN).validate("http://localhost/s", {}, environ["HTTP_X_TWILIO_SIGNATURE"])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("missing.wav", 11200, id="404"),
        pytest.param("http://127.0.0.1:9/s.wav", 11200, id="nothing listens"),
        pytest.param("mailto:somebody", 11100, id="no URL"),
    ],
)
@rule("Say, Play, Pause", "a sound that cannot be had is a warning, and the next verb follows", "api/errors/11200")
def test_without_it_the_document_goes_on(twilio: Exchange, make_app: MakeApp, url: str, code: int) -> None:
    call = twilio.call(make_app(f'<Play loop="0">{url}</Play><Say>Next</Say>'), url="/voice")
    assert [warning.code for warning in call.warnings] == [code]
    assert not any(isinstance(event, Played) for event in call.transcript)
    assert call.heard == ("Next",)


def test_a_sound_elsewhere_is_not_fetched(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Play>https://elsewhere.example.com/s.wav</Play>"), url="/voice")
    assert call.warnings == ()
    assert Played(at=0.0, sound="https://elsewhere.example.com/s.wav") in call.transcript


def test_redirects_lead_to_it(twilio: Exchange, make_app: MakeApp) -> None:
    there = Answer(status="302 Found", headers=(("Location", "/there"),))
    call = twilio.call(make_app("<Play>here</Play>", here=there, there=Answer(body=wav(4))), url="/voice")
    assert call.transcript[-1].at == 4
