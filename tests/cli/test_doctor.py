"""`ivr doctor`: what it finds right, what it finds wrong, and that it tells no secret."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import responses
from requests import PreparedRequest
from twilio.request_validator import RequestValidator

from ivr.cli import main
from tests.conftest import SMALL
from webhooks.variables import VARIABLES

URL = "https://ivr.example.com"
TOKEN = "the auth token"
SID = "AC" + "0123456789abcdef" * 2


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment in which everything is right."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", SID)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", TOKEN)
    monkeypatch.setenv("IVR_PUBLIC_URL", URL)
    monkeypatch.setenv("IVR_FLOWS", str(SMALL))
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    main_of("db", "upgrade")
    return monkeypatch


def main_of(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert isinstance(left.value.code, int)
    return left.value.code


def line_at(mock: responses.RequestsMock, *, ready: int = 200, verifies: bool = True) -> None:
    """The line, as it answers at its public URL."""

    def status(request: PreparedRequest) -> tuple[int, dict[str, str], str]:
        fields = dict(parse_qsl(str(request.body), keep_blank_values=True))
        signature = request.headers["X-Twilio-Signature"]
        signed = RequestValidator(TOKEN).validate(str(request.url), fields, signature)
        return (204 if signed or not verifies else 403), {}, ""

    mock.get(f"{URL}/healthz", json={"status": "ok"})
    mock.get(f"{URL}/readyz", status=ready)
    mock.add_callback(responses.POST, f"{URL}/voice/status", status)


def found(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, list[str]]]:
    """The exit status, and what is wrong by its subject."""
    capsys.readouterr()
    status = main_of("doctor", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is (status == 0)
    wrong: dict[str, list[str]] = {}
    for each in said["findings"]:
        if not each["ok"]:
            wrong.setdefault(each["subject"], []).append(each["detail"])
    return status, wrong


@responses.activate
def test_all_is_well(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line_at(responses.mock)
    capsys.readouterr()
    assert main_of("doctor") == 0
    said = capsys.readouterr().out
    assert "WRONG" not in said
    for subject in ("Python", "settings", "flows", "database", "signatures", "proxy", "metrics", "public URL"):
        assert f"right  {subject}" in said
    assert "a forged request is refused" in said
    assert "a signed request is let in" in said
    assert TOKEN not in said


def test_every_setting_that_is_wrong_is_said(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    environ.delenv("TWILIO_AUTH_TOKEN")
    environ.setenv("IVR_SEED", "lucky")
    status, wrong = found(capsys)
    assert status == 1
    assert [each.split()[0] for each in wrong["settings"]] == ["TWILIO_AUTH_TOKEN", "IVR_SEED"]


@responses.activate
def test_flows_and_database_that_are_wrong(
    environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    line_at(responses.mock)
    environ.setenv("IVR_FLOWS", str(tmp_path))
    environ.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'another.db'}")
    status, wrong = found(capsys)
    assert (status, set(wrong)) == (1, {"flows", "database"})
    assert "ivr db upgrade" in wrong["database"][0]


@responses.activate
def test_a_database_that_is_not_there(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line_at(responses.mock)
    environ.setenv("IVR_DATABASE_URL", "postgresql://ivr:password@127.0.0.1:1/ivr")
    status, wrong = found(capsys)
    assert (status, set(wrong)) == (1, {"database"})
    assert "password" not in str(wrong)


@responses.activate
def test_a_line_that_lets_forgers_in(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line_at(responses.mock, verifies=False)
    _, wrong = found(capsys)
    assert wrong == {
        "signatures": [
            f"{URL}/voice/status answers with status 204 where a forged request is refused, expected 403",
        ]
    }


@responses.activate
def test_a_line_with_another_token(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line_at(responses.mock)
    environ.setenv("TWILIO_AUTH_TOKEN", "another token")
    _, wrong = found(capsys)
    assert "a signed request is let in, expected 204" in wrong["signatures"][0]


@responses.activate
def test_a_line_that_is_not_ready(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line_at(responses.mock, ready=503)
    _, wrong = found(capsys)
    assert wrong == {"public URL": [f"{URL}/readyz answers with status 503, expected 200"]}


@responses.activate
def test_a_line_that_does_not_answer(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _, wrong = found(capsys)
    assert wrong == {"public URL": [f"{URL} does not answer: ConnectionError"]}


def test_a_line_that_nobody_can_reach(environ: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    environ.setenv("IVR_PUBLIC_URL", "http://localhost:5000")
    environ.setenv("IVR_VERIFY_SIGNATURES", "off")
    _, wrong = found(capsys)
    assert set(wrong) == {"signatures", "public URL"}
