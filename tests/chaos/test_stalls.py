"""A database that stands still while many call: none of them waits for those who came before."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN
from ivr.stores.opening import open_ready
from tests.chaos.servers import ACCOUNT, Gunicorn
from tests.chaos.test_deadlines import DEADLINE

CALLS = 40


@pytest.fixture
def server(tmp_path: Path, sqlite_url: str) -> Iterator[Gunicorn]:
    """As `ivr serve --production` serves a SQLite file."""
    open_ready(sqlite_url).dispose()
    with Gunicorn(database=sqlite_url, log=tmp_path / "log", threads=1) as server:
        yield server


def call(server: Gunicorn, number: int) -> tuple[requests.Response, float]:
    """The answer to a call that comes in, and the seconds it took."""
    url = f"{server.url}/voice/incoming"
    fields = {"AccountSid": ACCOUNT, "CallSid": f"CA{number:032x}", "CallStatus": "ringing"}
    fields |= {"From": "+12125550101", "To": "+18005284800"}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(url, fields)
    began = monotonic()
    answer = requests.post(url, data=fields, headers={"X-Twilio-Signature": signature}, timeout=60)
    return answer, monotonic() - began


def test_many_at_once_are_all_told_in_time(server: Gunicorn, sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with ThreadPoolExecutor(CALLS) as callers, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = list(callers.map(lambda number: call(server, number), range(CALLS)))
        other.execute("ROLLBACK")
        answers = [answer for answer, _ in told]
        assert {answer.status_code for answer in answers} == {200}
        assert all("Sorry, something went wrong" in answer.text and "<Redirect" in answer.text for answer in answers)
        assert max(seconds for _, seconds in told) < DEADLINE
