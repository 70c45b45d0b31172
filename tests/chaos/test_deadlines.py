"""A database that is slow, stalled, full, read-only or gone: an apology within four seconds, and the call goes on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from sqlalchemy import event

from ivr.stores import breaker
from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from ivr.stores.opening import open_ready
from ivr.stores.sql import SqlCalls
from tests.stores.postgresql import Server
from tests.webhooks.conftest import Sender

Opened = Callable[[str], SqlCalls]
DEADLINE = 4.0
"""Seconds; Twilio would wait for fifteen."""


@contextmanager
def in_time() -> Iterator[None]:
    """What happens within must not take longer than a caller waits."""
    began = monotonic()
    yield
    assert monotonic() - began < DEADLINE


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes next tries again."""
    monkeypatch.setattr(breaker, "PAUSE", 0.0)


def sorry(sender: Sender, path: str = "/voice/turn/0", **fields: str) -> None:
    """A request is answered with an apology, and the call goes on."""
    with in_time():
        answer = sender.post(path, **fields)
    assert answer.status_code == 200
    assert "Sorry, something went wrong on our side" in answer.text
    assert "<Redirect" in answer.text or "<Gather" in answer.text
    assert "Traceback" not in answer.text


def goes_on(sender: Sender) -> None:
    """The call is where it was, and takes the answer now."""
    assert "Please key or say" in sender.post("/voice/turn/0", Digits="3").text


@pytest.fixture
def on_sqlite(sender: Sender, opened: Opened, sqlite_url: str) -> Path:
    """A call in progress on SQLite; the file."""
    sender.serve(store=opened(sqlite_url))
    sender.post("/voice/incoming")
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def on_postgresql(sender: Sender, opened: Opened, postgresql_url: str) -> str:
    """A call in progress on PostgreSQL; the URL."""
    engine = open_database(postgresql_url)
    migrate(engine)
    engine.dispose()
    sender.serve(store=opened(postgresql_url))
    sender.post("/voice/incoming")
    return postgresql_url


def test_another_program_holds_the_sqlite_file(sender: Sender, on_sqlite: Path) -> None:
    with closing(sqlite3.connect(on_sqlite, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sorry(sender, Digits="3")
        other.execute("ROLLBACK")
    goes_on(sender)


def test_the_disk_is_full(sender: Sender, on_sqlite: Path, sqlite_url: str) -> None:
    with closing(sqlite3.connect(on_sqlite)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    with spoiled(sqlite_url, f"PRAGMA max_page_count={pages}") as store:
        sender.serve(store=store)
        turn = 0
        while "Sorry, something went wrong" not in sender.post(f"/voice/turn/{turn}", Digits="*").text:
            turn += 1  # until the room in the pages there are is used up
        sorry(sender, f"/voice/turn/{turn}", Digits="*")
    with spoiled(sqlite_url, "PRAGMA max_page_count=1000000") as store:
        sender.serve(store=store)
        assert f"/voice/turn/{turn + 1}" in sender.post(f"/voice/turn/{turn}", Digits="*").text


def test_the_file_is_read_only(sender: Sender, on_sqlite: Path, sqlite_url: str) -> None:
    with spoiled(sqlite_url, "PRAGMA query_only=ON") as store:
        sender.serve(store=store)
        sorry(sender, Digits="3")
    with spoiled(sqlite_url, "PRAGMA query_only=OFF") as store:
        sender.serve(store=store)
        goes_on(sender)


@contextmanager
def spoiled(url: str, pragma: str) -> Iterator[SqlCalls]:
    """The calls of a SQLite file, each connection to which begins with a pragma."""
    engine = open_ready(url)
    event.listen(engine, "connect", lambda connection, _: connection.execute(pragma))
    yield SqlCalls(engine)
    engine.dispose()


def test_a_table_is_locked(sender: Sender, on_postgresql: str) -> None:
    with psycopg.connect(on_postgresql) as other:
        other.execute("LOCK TABLE calls IN ACCESS EXCLUSIVE MODE")
        sorry(sender, Digits="3")
        other.rollback()
    goes_on(sender)


def test_the_server_stands_still(sender: Sender, on_postgresql: str, postgresql: Server) -> None:
    postgresql.freeze()
    try:
        sorry(sender, Digits="3")
        sorry(sender, "/voice/incoming?apologies=1")
        with in_time():
            assert sender.post("/voice/status", CallStatus="completed").status_code == 503
    finally:
        postgresql.thaw()
    goes_on(sender)


def test_the_server_is_gone_and_comes_back(sender: Sender, on_postgresql: str, postgresql: Server) -> None:
    postgresql.stop("immediate")
    sorry(sender, Digits="3")
    postgresql.start()
    goes_on(sender)


def test_a_restart_between_two_turns_is_not_even_heard(sender: Sender, on_postgresql: str, postgresql: Server) -> None:
    postgresql.stop("fast")
    postgresql.start()
    goes_on(sender)
