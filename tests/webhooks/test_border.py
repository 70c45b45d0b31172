"""What is refused: whatever Twilio did not sign, and whatever it would not have sent. Never with a 500."""

import logging
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ivr.flow.centre import ContactCentre
from tests.webhooks.conftest import PUBLIC_URL, Sender
from webhooks import Settings, create_app

INCOMING = "/voice/incoming"
PATHS = (INCOMING, "/voice/turn/0", "/voice/status", "/voice/fallback")


@pytest.mark.parametrize("path", PATHS)
def test_a_signed_request_is_let_in(sender: Sender, path: str) -> None:
    assert sender.post(path).status_code in (200, 204)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("signature", [None, "", "forged", "é", "A" * 28, "A" * 100_000])
def test_another_signature_or_none(sender: Sender, path: str, signature: str | None) -> None:
    assert sender.forge(path, sender.fields(), signature).status_code == 403


def test_a_signature_of_another_account(sender: Sender) -> None:
    sender.validator.token = b"another secret"
    assert sender.post(INCOMING).status_code == 403


def test_a_signature_for_another_url(sender: Sender) -> None:
    fields = sender.fields(Digits="1")
    signature = sender.sign("/voice/turn/0", fields)
    assert sender.forge("/voice/turn/1", fields, signature).status_code == 403
    assert sender.forge("/voice/turn/0?x=1", fields, signature).status_code == 403


def test_a_query_is_part_of_the_url(sender: Sender) -> None:
    assert sender.post("/voice/incoming?apologies=1&x=%C3%A9").status_code == 200


@pytest.mark.parametrize(
    "altered",
    [
        pytest.param({"Digits": "2"}, id="another key"),
        pytest.param({"From": "+12125550199"}, id="another caller"),
        pytest.param({"CallSid": "CA" + "f" * 32}, id="another call"),
        pytest.param({"Extra": "1"}, id="one field more"),
    ],
)
def test_a_request_that_was_altered(sender: Sender, altered: dict[str, str]) -> None:
    fields = sender.fields(Digits="1")
    assert sender.forge("/voice/turn/0", fields | altered, sender.sign("/voice/turn/0", fields)).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example.com", "ivr.example.com:99999", "ivr.example.com:port", "[::1", "", "a b"],
)
def test_the_host_of_the_request_counts_for_nothing(sender: Sender, host: str) -> None:
    fields = sender.fields()
    headers = {
        "X-Twilio-Signature": sender.sign(INCOMING, fields),
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": "ftp",
    }
    answer = sender.app.test_client().post(
        INCOMING, data=fields, headers=headers, environ_overrides={"HTTP_HOST": host, "SERVER_PORT": "99999"}
    )
    assert answer.status_code == 200


def test_a_signature_for_the_host_that_was_asked_is_not_ours(sender: Sender) -> None:
    fields = sender.fields()
    signature = sender.validator.compute_signature("https://evil.example.com/voice/incoming", fields)
    assert sender.forge(INCOMING, fields, signature, base_url="https://evil.example.com").status_code == 403


def spliced(fields: Mapping[str, str], first: str, second: str) -> dict[str, str]:
    """`second` moved into the value of `first`, which stands right before it when sorted."""
    joined = {name: value for name, value in fields.items() if name != second}
    return joined | {first: f"{fields[first]}{second}{fields[second]}"}


def pairs() -> list[tuple[str, str]]:
    """Neighbours as they are signed, in a request that has every usual field."""
    names = sorted(FULL)
    return list(pairwise(names))


FULL = {
    **dict.fromkeys(("AccountSid", "CallSid"), ""),
    "ApiVersion": "2010-04-01",
    "CallStatus": "in-progress",
    "Called": "+18005282122",
    "CalledCity": "NEW YORK",
    "CalledCountry": "US",
    "CalledState": "NY",
    "CalledZip": "10001",
    "Caller": "+12125550101",
    "CallerCity": "NEW YORK",
    "CallerCountry": "US",
    "CallerState": "NY",
    "CallerZip": "10001",
    "Confidence": "0.91",
    "Digits": "1",
    "Direction": "inbound",
    "FinishedOnKey": "",
    "From": "+12125550101",
    "FromCity": "NEW YORK",
    "FromCountry": "US",
    "FromState": "NY",
    "FromZip": "10001",
    "SpeechResult": "to lost card",
    "To": "+18005282122",
    "ToCity": "NEW YORK",
    "ToCountry": "US",
    "ToState": "NY",
    "ToZip": "10001",
}


@pytest.mark.parametrize(("first", "second"), pairs())
def test_a_splice_is_refused_although_its_signature_is_right(sender: Sender, first: str, second: str) -> None:
    fields = FULL | sender.fields()
    path = "/voice/turn/0"
    signature = sender.sign(path, fields)
    swallowed = spliced(fields, first, second)
    assert sender.sign(path, swallowed) == signature
    assert sender.forge(path, swallowed, signature).status_code == 403
    assert sender.forge(path, fields, signature).status_code == 200


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param({"SpeechResul": "tlost card"}, id="the name cut short"),
        pytest.param({"S": "peechResultlost card"}, id="to one letter"),
        pytest.param({"SpeechResultlost": " card"}, id="the name made longer"),
        pytest.param({"SomethingElse": "xSpeechResultlost card"}, id="behind a field nobody knows"),
        pytest.param({"CallerZip10001Confidence0.91Digits": "12"}, id="inside a name that nobody knows"),
        pytest.param({"SipHeader_X-AbcSpeechResult": "lost card"}, id="inside a name that anybody may choose"),
    ],
)
def test_what_was_said_cannot_be_made_to_vanish(sender: Sender, cut: dict[str, str]) -> None:
    assert sender.post("/voice/turn/0", **cut).status_code == 403


@pytest.mark.parametrize(
    "field",
    [
        pytest.param({"CallSid": "CA123"}, id="short call"),
        pytest.param({"CallSid": ""}, id="no call"),
        pytest.param({"AccountSid": "AC" + "f" * 32}, id="another account"),
        pytest.param({"Digits": "1; DROP"}, id="keys that are none"),
        pytest.param({"Digits": "1" * 129}, id="too many keys"),
        pytest.param({"SpeechResult": "a" * 5000}, id="a speech"),
        pytest.param({"SpeechResult": "a\x00b"}, id="a control character"),
        pytest.param({"From": "+1\r\nSet-Cookie: x"}, id="a line break"),
        pytest.param({"<script>": "1"}, id="a name that is none"),
        pytest.param({"CallStatus": "<b>"}, id="a status that is none"),
    ],
)
def test_a_field_of_the_wrong_shape_is_refused_although_signed(sender: Sender, field: dict[str, str]) -> None:
    assert sender.post("/voice/turn/0", **field).status_code == 403


@pytest.mark.parametrize(
    "field",
    [
        pytest.param({"From": "sip:Caller1@example.com"}, id="a name in an address"),
        pytest.param({"From": "anonymous", "CallerName": "O'Brien & Söhne"}, id="a caller who is named"),
        pytest.param({"From": ""}, id="a caller who is not"),
        pytest.param({"ErrorUrl": "https://ivr.example.com/Caller/voice/turn/1"}, id="a name in a URL"),
        pytest.param({"SpeechResult": "Digits. To, From, and 12 Confidence?\nCalled"}, id="names that are words"),
        pytest.param({"SipHeader_X-Custom": "a; b=c", "StirVerstat": "TN-Validation-Passed-A"}, id="fields unused"),
        pytest.param({"CallStatus": "of-the-future"}, id="a status to come"),
    ],
)
def test_what_twilio_may_well_send_is_let_in(sender: Sender, field: dict[str, str]) -> None:
    assert sender.post("/voice/turn/0", **field).status_code == 200


@pytest.mark.parametrize("name", ["AccountSid", "CallSid", "CallStatus", "From", "To"])
def test_a_field_that_every_request_has_is_missing(sender: Sender, name: str) -> None:
    fields = sender.fields()
    del fields[name]
    assert sender.forge(INCOMING, fields, sender.sign(INCOMING, fields)).status_code == 403


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param(b"", "application/x-www-form-urlencoded", 403, id="nothing"),
        pytest.param(b"{}", "application/json", 400, id="json"),
        pytest.param(b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400, id="multipart"),
        pytest.param(b"a=1", "", 400, id="no type"),
        pytest.param(b"a=1&a=2", "application/x-www-form-urlencoded", 400, id="repeated"),
        pytest.param(b"&" * 100, "application/x-www-form-urlencoded", 413, id="too many fields"),
        pytest.param(b"a=" + b"x" * 20_000, "application/x-www-form-urlencoded", 413, id="too large"),
        pytest.param(b"\xff\xfe=1", "application/x-www-form-urlencoded", 400, id="no UTF-8"),
        pytest.param(b"Digits=%ED%A0%80", "application/x-www-form-urlencoded", 403, id="a lone surrogate"),
    ],
)
def test_a_body_that_is_none_of_twilios(sender: Sender, body: bytes, content_type: str, status: int) -> None:
    answer = sender.app.test_client().post(
        INCOMING, data=body, content_type=content_type, headers={"X-Twilio-Signature": "x"}
    )
    assert answer.status_code == status


def test_a_repeated_field_is_refused_although_its_signature_is_that_of_one(sender: Sender) -> None:
    fields = sender.fields(Digits="1")
    body = urlencode([*fields.items(), ("Digits", "1")])
    headers = {"X-Twilio-Signature": sender.sign("/voice/turn/0", fields)}
    answer = sender.app.test_client().post(
        "/voice/turn/0", data=body, headers=headers, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("path", [*PATHS, "/voice/nothing", "/voice/turn/x", "/voice/turn/" + "9" * 5000, "/voice/"])
def test_only_posts_are_answered(sender: Sender, path: str) -> None:
    assert sender.app.test_client().get(path).status_code in (404, 405)


def test_a_refusal_says_nothing_of_what_was_sent(sender: Sender, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "378282246310005"
    answer = sender.forge("/voice/turn/0", sender.fields(Digits=secret, SpeechResult=secret, From=secret), "x")
    assert (answer.status_code, answer.text) == (403, "403 Forbidden\n")
    assert secret not in caplog.text


def test_a_replayed_request_changes_nothing(sender: Sender) -> None:
    first = sender.post(INCOMING).data
    second = sender.post("/voice/turn/0", Digits="3").data
    assert sender.post("/voice/turn/0", Digits="3").data == second
    assert sender.post(INCOMING).data == second != first


def test_without_verification_a_request_needs_no_signature_but_still_its_shape(
    sender: Sender, small: ContactCentre
) -> None:
    sender.app = create_app(Settings(public_url="http://localhost:5000", verify_signatures=False), centre=small)
    assert sender.forge(INCOMING, sender.fields(), None).status_code == 200
    assert sender.forge(INCOMING, {"CallSid": "x"}, None).status_code == 403


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS),
    fields=st.dictionaries(st.text(max_size=20), st.text(max_size=60), max_size=12),
    known=st.dictionaries(st.sampled_from(sorted(FULL)), st.text(max_size=40), max_size=12),
    signed=st.booleans(),
)
def test_whatever_is_sent_is_answered_or_refused(
    sender: Sender, path: str, fields: dict[str, str], known: dict[str, str], signed: bool
) -> None:
    sent = sender.fields(**known) | {name: value for name, value in fields.items() if name}
    body = "&".join(
        f"{quote_plus(name, errors='replace')}={quote_plus(value, errors='replace')}" for name, value in sent.items()
    )
    signature = sender.sign(path, sent) if signed else "x"
    answer = sender.app.test_client().post(
        path,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
        base_url=PUBLIC_URL,
    )
    assert answer.status_code in ((200, 204, 400, 403, 413, 429) if signed else (400, 403, 413, 429))
