"""Which secrets sign: two Auth Tokens at once, and shared keys by SHA-256."""

from dataclasses import replace

import pytest
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator

from ivr.flow.centre import ContactCentre
from ivr.harness import AUTH_TOKEN
from tests.webhooks.conftest import PUBLIC_URL, Sender
from webhooks import create_app

INCOMING = "/voice/incoming"
SHARED = {"webhooks_sharedkey_1": "the first secret", "webhooks_sharedkey_2": "the second secret"}
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"


@pytest.fixture
def rotating(sender: Sender, small: ContactCentre) -> Sender:
    """A line with two tokens and two shared keys."""
    credentials = sender.settings.credentials
    assert credentials is not None
    more = replace(credentials, secondary_token="the next token", shared_keys=SHARED)
    sender.app = create_app(replace(sender.settings, credentials=more), centre=small)
    return sender


def status(sender: Sender, secret: str, algorithm: str, settings: str | None, url: str = PUBLIC_URL) -> int:
    fields = sender.fields()
    headers = {
        "X-Twilio-Signature": RequestValidator(secret).compute_signature(url + INCOMING, fields, algorithm),
        **({} if settings is None else {SETTINGS: settings}),
    }
    return sender.app.test_client().post(INCOMING, data=fields, headers=headers).status_code


@pytest.mark.parametrize("token", [AUTH_TOKEN, "the next token"])
def test_two_tokens_are_good_while_one_takes_the_others_place(rotating: Sender, token: str) -> None:
    assert status(rotating, token, HMAC_SHA1, None) == 200


@pytest.mark.parametrize("name", SHARED)
def test_shared_keys_sign_by_sha_256(rotating: Sender, name: str) -> None:
    assert status(rotating, SHARED[name], HMAC_SHA256, f"key={name},algorithm=HMAC_SHA256") == 200
    assert status(rotating, SHARED[name], HMAC_SHA256, f" algorithm=hmac_sha256 , key={name} ") == 200


@pytest.mark.parametrize(
    ("secret", "algorithm", "header"),
    [
        pytest.param("another", HMAC_SHA1, None, id="another token"),
        pytest.param(SHARED["webhooks_sharedkey_1"], HMAC_SHA1, None, id="a shared key as a token"),
        pytest.param(AUTH_TOKEN, HMAC_SHA256, None, id="a token by SHA-256"),
        pytest.param(AUTH_TOKEN, HMAC_SHA1, "key=webhooks_sharedkey_1", id="a token as a shared key"),
        pytest.param(AUTH_TOKEN, HMAC_SHA256, "algorithm=HMAC_SHA256", id="SHA-256 without a key"),
        pytest.param(
            SHARED["webhooks_sharedkey_2"],
            HMAC_SHA256,
            "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
            id="another key's signature",
        ),
        pytest.param(
            SHARED["webhooks_sharedkey_1"], HMAC_SHA1, "key=webhooks_sharedkey_1,algorithm=HMAC_SHA1", id="downgraded"
        ),
        pytest.param(
            SHARED["webhooks_sharedkey_1"], HMAC_SHA256, "key=webhooks_sharedkey_1,algorithm=MD5", id="an odd algorithm"
        ),
        pytest.param("", HMAC_SHA256, "key=,algorithm=HMAC_SHA256", id="no key at all"),
        pytest.param("x", HMAC_SHA256, "é=,,=;", id="no settings at all"),
    ],
)
def test_anything_else_is_refused(rotating: Sender, secret: str, algorithm: str, header: str | None) -> None:
    assert status(rotating, secret, algorithm, header) == 403


def test_twilio_signs_the_url_with_its_port_or_without(rotating: Sender) -> None:
    assert status(rotating, AUTH_TOKEN, HMAC_SHA1, None, "https://ivr.example.com:443") == 200
    assert status(rotating, AUTH_TOKEN, HMAC_SHA1, None, "https://ivr.example.com:80") == 403


@pytest.mark.parametrize("url", ["https://ivr.example.com:8443/line", "http://localhost:5000", "http://[::1]:5000"])
def test_a_public_url_with_a_port_and_a_path(url: str, sender: Sender, small: ContactCentre) -> None:
    sender.app = create_app(replace(sender.settings, public_url=url), centre=small)
    assert status(sender, AUTH_TOKEN, HMAC_SHA1, None, url) == 200
