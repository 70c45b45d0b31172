"""Our signature against the official validator: two implementations that share nothing but Twilio's description."""

import pytest
from twilio.request_validator import RequestValidator

from ivr.harness.signature import sign

TOKEN = "12345"


@pytest.mark.parametrize(
    ("url", "form"),
    [
        pytest.param("https://example.com/voice", {"Digits": "1", "CallSid": "CA1", "From": "+12025550100"}, id="form"),
        pytest.param("https://example.com/voice?a=1&b=%20", {"To": "+1"}, id="query and form"),
        pytest.param("https://example.com/voice?CallSid=CA1", {}, id="get"),
        pytest.param("http://localhost:5000/voice", {"SpeechResult": "señor ✓", "Empty": ""}, id="port and Unicode"),
    ],
)
def test_the_official_validator_agrees(url: str, form: dict[str, str]) -> None:
    assert RequestValidator(TOKEN).validate(url, form, sign(TOKEN, url, form.items()))
