"""`ivr serve --production`: what it refuses, and a whole life of it, with calls in flight when it is told to stop."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.cli import main
from tests.conftest import SMALL

SID, TOKEN, SCRAPER = "AC" + "0" * 32, "a token", "the metrics token"
URL = "https://ivr.example.com"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("IVR_", "TWILIO_"))},
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "IVR_PUBLIC_URL": URL,
        "IVR_FLOWS": str(SMALL),
        "IVR_DATABASE_URL": f"sqlite:///{tmp_path / 'calls.db'}",
        "IVR_METRICS_TOKEN": SCRAPER,
        "IVR_CALLS_PER_CALLER": "off",
    }


class Production:
    """A running server, and what it logged up to its address."""

    def __init__(self, environ: dict[str, str], *arguments: str) -> None:
        command = "import sys; from ivr.cli import main; main(sys.argv[1:])"
        self.process = subprocess.Popen(
            [sys.executable, "-c", command, "serve", "--production", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
        )
        self.lines: list[str] = []
        self.url = self._address()

    def _address(self) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            found = re.search(r"Listening at: (http://[^ ]+)", line)
            if found:
                return found[1]
        raise AssertionError("".join(self.lines))

    def post(self, path: str, call: int, **more: str) -> requests.Response:
        """One of Twilio's requests."""
        fields = {"AccountSid": SID, "CallSid": f"CA{call:032x}", "CallStatus": "in-progress"}
        fields |= {"From": "+12125550101", "To": "+18005282122", **more}
        signature = RequestValidator(TOKEN).compute_signature(URL + path, fields)
        headers = {"X-Twilio-Signature": signature}
        return requests.post(self.url + path, data=fields, headers=headers, timeout=15)

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """Its exit status, and all that it logged."""
        self.process.send_signal(how)
        _, rest = self.process.communicate(timeout=30)
        return self.process.returncode, "".join(self.lines) + rest


@pytest.fixture
def production(environ: dict[str, str]) -> Iterator[Production]:
    served = Production(environ, "--workers", "2", "--threads", "4")
    try:
        yield served
    finally:
        served.process.kill()
        served.process.communicate()


def test_a_life_under_gunicorn(production: Production) -> None:
    """Turns that are running when it is told to stop are answered, and calls hop between its workers before."""
    for call in range(4):
        assert "<Gather" in production.post("/voice/incoming", call).text
    with ThreadPoolExecutor(8) as pool:
        first = list(pool.map(lambda call: production.post("/voice/turn/0", call % 4, Digits="3").text, range(16)))
    assert all(first[call] == first[call % 4] for call in range(16))
    assert requests.get(f"{production.url}/readyz", timeout=15).json()["status"] == "ready"
    assert (
        requests.post(f"{production.url}/voice/incoming", data={"Digits": "378282246310005"}, timeout=15).status_code
        == 403
    )
    headers = {"Authorization": f"Bearer {SCRAPER}"}
    counted = requests.get(f"{production.url}/metrics", headers=headers, timeout=15).text
    assert "ivr_turns_total 8.0" in counted  # of both workers
    assert "ivr_repeats_total" in counted

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(production.post, "/voice/turn/1", call, Digits="*") for call in range(4)]
        # By then the last has been taken up too: what no worker has accepted when it stops, nobody answers.
        statuses = [each.result().status_code for each in running[:3]]
        status, log = production.stop(signal.SIGTERM)
        statuses += [each.result().status_code for each in running[3:]]
    assert (status, statuses) == (0, [200] * 4)
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["level"] for line in lines} <= {"info", "warning"}
    assert {line.get("call") for line in lines if line["event"] == "call began"} == {f"CA{n:032x}" for n in range(4)}
    assert "378282246310005" not in log


def fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["serve", "--production", *arguments])
    assert left.value.code == 2
    return capsys.readouterr().err


@pytest.mark.usefixtures("_clean")
def test_production_is_never_unsigned(capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not go with --production" in fails(capsys, "--no-verify-signatures")


@pytest.mark.usefixtures("_clean")
def test_what_is_missing_is_said_before_a_worker_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert "TWILIO_AUTH_TOKEN is missing" in fails(capsys)


@pytest.mark.usefixtures("_clean")
def test_calls_in_memory_are_of_one_process(
    capsys: pytest.CaptureFixture[str], environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (environ | {"IVR_DATABASE_URL": "memory"}).items():
        monkeypatch.setenv(name, value)
    assert "set IVR_DATABASE_URL" in fails(capsys, "--workers", "2")


def test_workers_are_for_production(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--workers", "2"])
    assert "go with --production" in capsys.readouterr().err


@pytest.fixture
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("IVR_", "TWILIO_")):
            monkeypatch.delenv(name)
