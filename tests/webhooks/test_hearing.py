"""What a form means: keys before words, words before silence."""

import pytest

from ivr.call import CallerInput, HungUp, Pressed, Silent, Spoke
from webhooks.request import UNSCORED, read_request

REQUEST = {"CallSid": "CA1", "From": "+12125550101", "To": "+18005282122", "CallStatus": "in-progress"}


@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        pytest.param({"Digits": "12"}, Pressed(keys="12"), id="keys"),
        pytest.param({"SpeechResult": " lost card ", "Confidence": "0.4"}, Spoke(words="lost card", confidence=0.4)),
        pytest.param({"Digits": "1", "SpeechResult": "two"}, Pressed(keys="1"), id="keys win"),
        pytest.param({}, Silent(), id="nothing"),
        pytest.param({"Digits": "", "SpeechResult": " "}, Silent(), id="an empty result"),
        pytest.param({"CallStatus": "completed", "Digits": "1"}, HungUp(), id="gone"),
    ],
)
def test_what_was_heard(fields: dict[str, str], heard: CallerInput) -> None:
    assert read_request(REQUEST | fields).heard == heard


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("1", 1.0),
        ("0.9128386", 0.9128386),
        ("1e-3", 0.001),
        *[(odd, UNSCORED) for odd in ("", "0.0", "NaN", "inf", "1.5", "-1", "high")],
    ],
)
def test_confidence(text: str, confidence: float) -> None:
    assert read_request(REQUEST | {"SpeechResult": "x", "Confidence": text}).heard == Spoke(
        words="x", confidence=confidence
    )


def test_a_missing_confidence() -> None:
    assert read_request(REQUEST | {"SpeechResult": "x"}).heard == Spoke(words="x", confidence=UNSCORED)
