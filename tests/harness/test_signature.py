"""Our signature against the official validator: two implementations that share nothing but Twilio's description."""

import pytest
from click.testing import CliRunner
from twilio.request_validator import HMAC_SHA256, RequestValidator, get_signature_algorithm

from ivr.cli.phone import phone
from ivr.harness import Exchange, SharedKey
from ivr.harness.fetch.http import Method
from ivr.harness.signature import sign
from tests.harness.documents import MakeApp
from tests.harness.proofs import rule

TOKEN = "12345"
KEY = SharedKey("webhooks_sharedkey_1", "the secret of the key")


@pytest.mark.parametrize(
    ("url", "form"),
    [
        pytest.param("https://example.com/voice", {"Digits": "1", "CallSid": "CA1", "From": "+12025550100"}, id="form"),
        pytest.param("https://example.com/voice?a=1&b=%20", {"To": "+1"}, id="query and form"),
        pytest.param("https://example.com/voice?CallSid=CA1", {}, id="get"),
        pytest.param("http://localhost:5000/voice", {"SpeechResult": "señor ✓", "Empty": ""}, id="port and Unicode"),
    ],
)
@rule("Signature", "HMAC-SHA1 over URL and form: the official validator agrees", "usage/security")
def test_the_official_validator_agrees(url: str, form: dict[str, str]) -> None:
    validator = RequestValidator(TOKEN)
    assert validator.validate(url, form, sign(TOKEN, url, form))
    by_sha256 = sign(TOKEN, url, form, algorithm="sha256")
    assert validator.validate(url, form, by_sha256, HMAC_SHA256)
    assert not validator.validate(url, form, by_sha256)


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 500])
def test_a_key_of_any_length_signs_as_the_official_validator_has_it(length: int) -> None:
    secret = "é" * (length // 2) + "k" * (length % 2)
    url, form = "https://example.com/voice", {"Digits": "1"}
    assert RequestValidator(secret).validate(url, form, sign(secret, url, form))
    assert RequestValidator(secret).validate(url, form, sign(secret, url, form, algorithm="sha256"), HMAC_SHA256)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("of", ["call", "exchange"])
@rule("Signature", "HMAC-SHA256 with a shared key", "usage/security")
def test_a_shared_key_signs_every_request_of_a_call(make_app: MakeApp, method: Method, of: str) -> None:
    app = make_app("<Play>s</Play><Redirect>/next</Redirect>", next="<Hangup/>", s="")
    if of == "call":
        Exchange().call(app, url="/voice", method=method, shared_key=KEY)
    else:
        Exchange(shared_key=KEY).call(app, url="/voice", method=method)
    for environ, (asked, path, params) in zip(app.environs, app.asked, strict=True):
        assert environ["HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS"] == "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
        algorithm = get_signature_algorithm(environ["HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS"])
        query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        form = params if asked == "POST" else {}
        url = f"http://localhost{path}{query}"
        assert RequestValidator(KEY.secret).validate(url, form, environ["HTTP_X_TWILIO_SIGNATURE"], algorithm)
    assert app.paths == ["/voice", "/s", "/next"]


def test_without_a_shared_key_there_is_no_second_header(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Hangup/>"), url="/voice")
    assert "X-Twilio-Webhooks-Signature-Settings" not in call.requests[0].headers


def test_the_secret_is_not_shown() -> None:
    assert KEY.secret not in repr(KEY)


def test_ivr_phone_refuses_half_a_key() -> None:
    result = CliRunner().invoke(phone, ["http://127.0.0.1:9/", "--shared-key", "webhooks_sharedkey_1"])
    assert result.exit_code == 2
    assert "expected ID=SECRET" in result.output
