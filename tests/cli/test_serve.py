"""`ivr serve`: what it needs, what it refuses, and a whole life of it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from ivr.cli import main
from tests.conftest import SMALL

VARIABLES = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL", "IVR_VERIFY_SIGNATURES", "IVR_NUMBERS")


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["serve", "--flows", str(SMALL), *arguments])
    assert left.value.code == 2
    return capsys.readouterr().err


def test_it_says_everything_it_needs_and_how_to_do_without(capsys: pytest.CaptureFixture[str]) -> None:
    said = fails(capsys, "--port", "0")
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL"):
        assert f"{name} is missing" in said
    assert "ivr serve --no-verify-signatures" in said


def test_unsigned_requests_are_taken_from_this_machine_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert "on this machine only" in fails(capsys, "--no-verify-signatures", "--host", "0.0.0.0", "--port", "0")
    public = ("--no-verify-signatures", "--public-url", "https://ivr.example.com", "--port", "0")
    assert "anyone could pass for Twilio" in fails(capsys, *public)


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str], taken: int) -> None:
    said = fails(capsys, "--no-verify-signatures", "--port", str(taken))
    assert f"cannot listen on 127.0.0.1 port {taken}" in said


def test_a_life_from_start_to_ctrl_c() -> None:
    # A shell that runs the tests in the background lets them, and what they start, ignore Ctrl-C.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = f"import sys; {heed}; from ivr.cli import main; main(sys.argv[1:])"
    arguments = ["serve", "--no-verify-signatures", "--port", "0", "--flows", str(SMALL)]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "IVR_DATABASE_URL": "memory"},
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        assert requests.get(f"{found[0]}/healthz", timeout=10).json() == {"status": "ok"}
        assert requests.get(f"{found[0]}/voice/hold.wav", timeout=10).headers["Content-Type"].startswith("audio/")
        answer = requests.post(f"{found[0]}/voice/incoming", data=_request(), timeout=10)
        assert f'action="{found[0].replace("127.0.0.1", "localhost")}/voice/turn/0"' in answer.text
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out.rstrip().rpartition("\n")[2]) == (0, "Stopped.")
    assert "Traceback" not in err


def _request() -> dict[str, str]:
    return {
        "AccountSid": "AC" + "0" * 32,
        "CallSid": "CA" + "0" * 32,
        "CallStatus": "ringing",
        "From": "+12125550101",
        "To": "+18005282122",
    }
