"""`ivr twilio`: what it shows, what it changes, and what it finds wrong. Twilio's REST API is played by `responses`."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import requests
import responses

from ivr.cli import main
from tests.conftest import SMALL

SID = "AC" + "0123456789abcdef" * 2
SECRET = "a very secret token"
NUMBER = "+15005550006"
PUBLIC_URL = "https://ivr.example.com"
API = f"https://api.twilio.com/2010-04-01/Accounts/{SID}"
NUMBERS = f"{API}/IncomingPhoneNumbers.json"
ONE_NUMBER = f"{API}/IncomingPhoneNumbers/PN1.json"

FRESH = {
    "sid": "PN1",
    "phone_number": NUMBER,
    "voice_url": "https://demo.twilio.com/welcome/voice/",
    "voice_method": "POST",
    "voice_fallback_url": "",
    "voice_fallback_method": "POST",
    "status_callback": "",
    "status_callback_method": "POST",
    "voice_receive_mode": "voice",
    "voice_application_sid": None,
    "trunk_sid": None,
}
READY = FRESH | {
    "voice_url": f"{PUBLIC_URL}/voice/incoming",
    "voice_fallback_url": f"{PUBLIC_URL}/voice/fallback",
    "status_callback": f"{PUBLIC_URL}/voice/status#rc=5&rp=5xx,ct,rt",
}


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    status: int
    out: str
    err: str


Ivr = Callable[..., Outcome]


@pytest.fixture
def ivr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ivr:
    """Runs the command in an environment that is complete."""
    for name, value in {
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": SECRET,
        "IVR_PUBLIC_URL": PUBLIC_URL,
        "IVR_FLOWS": str(SMALL),
    }.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert isinstance(left.value.code, int)
        return Outcome(left.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def api() -> Iterator[responses.RequestsMock]:
    """Twilio's REST API; whatever is not expected of it fails."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


def has_numbers(api: responses.RequestsMock, *numbers: Mapping[str, object]) -> None:
    api.get(NUMBERS, json={"incoming_phone_numbers": list(numbers), "next_page_uri": None, "page_size": 50})


def updates(api: responses.RequestsMock) -> list[dict[str, str]]:
    """What was sent to change the number."""
    return [dict(parse_qsl(str(call.request.body), keep_blank_values=True)) for call in api.calls if call.request.body]


def setup(ivr: Ivr, *more: str) -> Outcome:
    return ivr("twilio", "setup", "--number", NUMBER, *more)


def test_setup_shows_what_changes_and_changes_it(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH)
    api.post(ONE_NUMBER, json=READY)
    outcome = setup(ivr, "--yes")
    assert outcome.status == 0
    assert "https://demo.twilio.com/welcome/voice/  ->  https://ivr.example.com/voice/incoming" in outcome.out
    assert f"Calls to {NUMBER} now reach {PUBLIC_URL}/voice/incoming" in outcome.out
    assert updates(api) == [
        {
            "VoiceUrl": f"{PUBLIC_URL}/voice/incoming",
            "VoiceFallbackUrl": f"{PUBLIC_URL}/voice/fallback",
            "StatusCallback": f"{PUBLIC_URL}/voice/status#rc=5&rp=5xx,ct,rt",
        }
    ]


def test_setup_takes_off_what_would_go_before_the_urls(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, READY | {"voice_application_sid": "AP1", "trunk_sid": "TK1", "voice_method": "GET"})
    api.post(ONE_NUMBER, json=READY)
    assert setup(ivr, "--yes").status == 0
    assert updates(api) == [{"VoiceMethod": "POST", "VoiceApplicationSid": "", "TrunkSid": ""}]


def test_a_dry_run_changes_nothing(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH)
    outcome = setup(ivr, "--dry-run", "--yes")
    assert (outcome.status, updates(api)) == (0, [])
    assert f"nothing  ->  {PUBLIC_URL}/voice/status#rc=5&rp=5xx,ct,rt" in outcome.out


def test_a_number_that_is_right_already_is_left_alone(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, READY)
    outcome = setup(ivr, "--yes")
    assert (outcome.status, updates(api)) == (0, [])
    assert "Nothing has to change." in outcome.out


@pytest.mark.parametrize(("answer", "status", "changed"), [("y\n", 0, 1), ("n\n", 1, 0), ("", 130, 0)])
def test_setup_asks_first(
    ivr: Ivr, api: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, answer: str, status: int, changed: int
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    has_numbers(api, FRESH)
    api.post(ONE_NUMBER, json=READY)
    assert (setup(ivr).status, len(updates(api))) == (status, changed)


def test_another_public_url_goes_before_the_environment(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH)
    outcome = setup(ivr, "--public-url", "https://other.example.com/", "--dry-run")
    assert "https://other.example.com/voice/incoming" in outcome.out


def test_setup_does_not_believe_that_everything_was_changed(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH)
    api.post(ONE_NUMBER, json=READY | {"trunk_sid": "TK1"})
    outcome = setup(ivr, "--yes")
    assert outcome.status == 2
    assert "still SIP trunk, which goes before everything: TK1 -> nothing" in outcome.err


def test_a_number_of_somebody_else(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH | {"phone_number": NUMBER + "7"})
    outcome = setup(ivr)
    assert (outcome.status, outcome.err) == (2, f"this account has no number {NUMBER}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--number", "nonsense"), "'nonsense' has too few or too many digits"),
        (("--number", NUMBER, "--public-url", "http://localhost:5000"), "which Twilio cannot reach"),
        (("--number", NUMBER, "--public-url", "http://ivr.example.com"), "which anyone on the way could read"),
        ((), "Missing option '--number'"),
    ],
)
def test_wrong_use(ivr: Ivr, arguments: tuple[str, ...], message: str) -> None:
    outcome = ivr("twilio", "setup", *arguments)
    assert outcome.status == 2
    assert message in outcome.err


def test_credentials_that_twilio_refuses(ivr: Ivr, api: responses.RequestsMock) -> None:
    api.get(NUMBERS, status=401, json={"code": 20003, "message": "Authenticate", "status": 401})
    outcome = setup(ivr)
    assert (outcome.status, outcome.err) == (
        2,
        "Twilio refused the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN\n",
    )


def test_a_list_that_twilio_cannot_give(ivr: Ivr, api: responses.RequestsMock) -> None:
    api.get(NUMBERS, status=503, body="busy")
    assert setup(ivr).err == "Twilio answered with status 503\n"


def test_no_network(ivr: Ivr, api: responses.RequestsMock) -> None:
    api.get(NUMBERS, body=requests.ConnectionError(f"cannot send {SECRET}"))
    outcome = setup(ivr)
    assert (outcome.status, outcome.err) == (2, "Twilio cannot be reached: ConnectionError\n")


def test_what_twilio_says_is_passed_on(ivr: Ivr, api: responses.RequestsMock) -> None:
    has_numbers(api, FRESH)
    api.post(ONE_NUMBER, status=400, json={"code": 21502, "message": "Invalid VoiceUrl", "status": 400})
    assert setup(ivr, "--yes").err == (
        "Twilio answered with status 400: Unable to update record: Invalid VoiceUrl (error 21502)\n"
    )


def test_everything_missing_is_said_at_once(ivr: Ivr, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL"):
        monkeypatch.delenv(name)
    outcome = setup(ivr)
    assert outcome.status == 2
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL"):
        assert f"{name} is missing" in outcome.err


# check


def answers(api: responses.RequestsMock, *numbers: Mapping[str, object]) -> None:
    """An account with these numbers, and an application that is there."""
    api.get(f"{PUBLIC_URL}/healthz", json={"status": "ok"})
    api.get(f"{API}.json", json={"sid": SID, "status": "active"})
    has_numbers(api, *numbers)


def wrong(outcome: Outcome) -> list[str]:
    """The subjects found wrong."""
    return [line.split()[1] for line in outcome.out.splitlines() if line.startswith("WRONG")]


def test_check_finds_everything_right(ivr: Ivr, api: responses.RequestsMock) -> None:
    answers(api, READY)
    outcome = ivr("twilio", "check")
    assert (outcome.status, wrong(outcome)) == (0, [])
    assert f"calls {PUBLIC_URL}/voice/incoming" in outcome.out


def test_check_in_json(ivr: Ivr, api: responses.RequestsMock) -> None:
    answers(api, FRESH)
    outcome = ivr("twilio", "check", "--number", "(500) 555-0006", "--json")
    found = json.loads(outcome.out)
    assert (outcome.status, found["ok"]) == (1, False)
    assert {
        "subject": NUMBER,
        "ok": False,
        "detail": f"should be changed: Call status changes: nothing -> {PUBLIC_URL}/voice/status#rc=5&rp=5xx,ct,rt",
    } in found["findings"]


def test_check_when_no_number_calls_here(ivr: Ivr, api: responses.RequestsMock) -> None:
    answers(api, FRESH)
    assert wrong(ivr("twilio", "check")) == ["numbers"]


def test_check_looks_at_the_numbers_of_the_environment(
    ivr: Ivr, api: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_NUMBERS", f"{NUMBER}=1-800-528-2122,+15005550009")
    answers(api, READY)
    assert wrong(ivr("twilio", "check")) == ["+15005550009"]


@pytest.mark.parametrize(
    "health",
    [
        pytest.param({"json": {"status": "odd"}}, id="somebody else's JSON"),
        pytest.param({"body": "Welcome to nginx!"}, id="a page"),
        pytest.param({"status": 502}, id="a gateway"),
        pytest.param({"status": 301, "headers": {"Location": f"{PUBLIC_URL}/"}}, id="a redirect"),
        pytest.param({"body": requests.ConnectionError("no route")}, id="nothing"),
        pytest.param({"body": requests.Timeout()}, id="nothing in time"),
    ],
)
def test_check_when_something_else_answers_or_nothing(
    ivr: Ivr, api: responses.RequestsMock, health: dict[str, object]
) -> None:
    api.get(f"{PUBLIC_URL}/healthz", **health)
    api.get(f"{API}.json", json={"sid": SID, "status": "active"})
    has_numbers(api, READY)
    outcome = ivr("twilio", "check")
    assert (outcome.status, wrong(outcome)) == (1, ["reachable"])


def test_check_of_an_account_that_is_closed_or_not_ours(ivr: Ivr, api: responses.RequestsMock) -> None:
    api.get(f"{PUBLIC_URL}/healthz", json={"status": "ok"})
    api.get(f"{API}.json", json={"sid": SID, "status": "suspended"})
    has_numbers(api, READY)
    assert wrong(ivr("twilio", "check")) == ["credentials"]
    api.replace("GET", f"{API}.json", status=401, json={"code": 20003, "message": "no", "status": 401})
    assert "Twilio refused the credentials" in ivr("twilio", "check").out


def test_check_of_a_local_application(ivr: Ivr, api: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("IVR_PUBLIC_URL", "http://localhost:5000")
    monkeypatch.setenv("IVR_VERIFY_SIGNATURES", "off")
    assert wrong(ivr("twilio", "check")) == ["signatures", "reachable"]


def test_check_says_everything_that_is_wrong_with_the_environment(
    ivr: Ivr, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IVR_PUBLIC_URL", "http://ivr.example.com")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "nonsense")
    outcome = ivr("twilio", "check")
    assert (outcome.status, wrong(outcome)) == (1, ["environment", "environment"])


def test_check_of_flows_and_numbers_that_cannot_be(
    ivr: Ivr, api: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers(api, READY)
    monkeypatch.setenv("IVR_NUMBERS", f"{NUMBER}=1-800-000-0000")
    assert wrong(ivr("twilio", "check")) == ["environment"]
    monkeypatch.setenv("IVR_FLOWS", str(tmp_path))
    assert set(wrong(ivr("twilio", "check"))) == {"flows"}


@pytest.mark.parametrize("command", [("setup", "--number", NUMBER, "--yes"), ("check",), ("check", "--json")])
def test_the_secret_is_never_shown(ivr: Ivr, api: responses.RequestsMock, command: tuple[str, ...]) -> None:
    answers(api, FRESH)
    api.post(ONE_NUMBER, json=READY)
    outcome = ivr("twilio", *command)
    assert SECRET not in outcome.out + outcome.err
