"""`ivr twilio serve`, as another process has it."""

import json
import os
import subprocess
import sys
from time import monotonic

import requests

RUN = "from ivr.cli.twilio_serve import serve_twilio; serve_twilio()"


def test_a_call_is_placed_and_over_by_itself() -> None:
    account, token = "AC" + "1" * 32, "secret"
    options = ["--port", "0", "--account-sid", account, "--auth-token", token, "--far-end", "+14155550101=busy"]
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *options, "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        try:
            api = f"{running.stdout.readline().split()[-1]}/2010-04-01/Accounts/{account}"
            form = {"To": "+14155550101", "From": "+12025550100", "Twiml": "<Response/>"}
            placed = requests.post(f"{api}/Calls.json", data=form, auth=(account, token), timeout=5)
            assert placed.status_code == 201
            assert _becomes(f"{api}/Calls/{placed.json()['sid']}.json", (account, token), "busy")
            lines = [running.stdout.readline() for _ in range(4)]
            assert lines[:2] == [f"account {account}\n", "token   as given\n"]  # and not what it is
            begun, over = map(json.loads, lines[2:])  # what happens in the call
            assert (begun["event"], begun["to"], begun["caller"]) == ("placed", "+14155550101", "+12025550100")
            assert (over["event"], over["status"], over["call"]) == ("ended", "busy", placed.json()["sid"])
        finally:
            running.terminate()


def _becomes(url: str, signed_in: tuple[str, str], status: str) -> bool:
    """Asked again and again, for longer than any machine needs."""
    until = monotonic() + 60
    while requests.get(url, auth=signed_in, timeout=30).json()["status"] != status:
        if monotonic() > until:
            return False
    return True
