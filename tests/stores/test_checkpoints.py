"""SQLite's log is carried over beside the turns, and whoever reads or writes meanwhile is not kept waiting."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import Engine, exc

from ivr.stores import checkpoints
from ivr.stores.checkpoints import Checkpoints
from ivr.stores.database import open_database
from ivr.stores.direct import Direct

INSERTED = "INSERT INTO calls (id, version, record, ended, began_at, at) VALUES (?, 1, '', false, '', '')"


def write(url: str, *calls: str) -> None:
    engine = open_database(url)
    with closing(engine.raw_connection()) as connection:
        for call in calls:
            connection.cursor().execute(INSERTED, (call,))
    # The log stays as it is: only who closes the last connection carries it over.


def in_file(url: str) -> list[str]:
    """The calls in the database's file, without what is only in the log beside it."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        return [call for (call,) in connection.execute("SELECT id FROM calls ORDER BY number")]


def carry_over(engine: Engine) -> None:
    every = Checkpoints(engine)
    for _ in range(checkpoints.EVERY):
        every.wrote()
    every.join()


def test_after_so_many_writes_the_log_is_in_the_file(sqlite_url: str, sqlite_engine: Engine) -> None:
    carry_over(sqlite_engine)  # the tables
    write(sqlite_url, "CA1", "CA2")
    assert in_file(sqlite_url) == []
    carry_over(sqlite_engine)
    assert in_file(sqlite_url) == ["CA1", "CA2"]


def test_turns_are_counted(sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 1)
    assert Direct(sqlite_engine).changes(INSERTED.replace("?", ":id"), {"id": "CA1"})
    for thread in threading.enumerate():
        if thread.name == "checkpoint":
            thread.join()
    assert in_file(sqlite_url) == ["CA1"]


def test_not_before(sqlite_url: str, sqlite_engine: Engine) -> None:
    carry_over(sqlite_engine)
    write(sqlite_url, "CA1")
    every = Checkpoints(sqlite_engine)
    for _ in range(checkpoints.EVERY - 1):
        every.wrote()
    every.join()
    assert in_file(sqlite_url) == []


def test_the_log_begins_anew(sqlite_url: str, sqlite_engine: Engine) -> None:
    write(sqlite_url, *(f"CA{number}" for number in range(50)))
    carry_over(sqlite_engine)
    write(sqlite_url, "CA50")
    with closing(sqlite_engine.raw_connection()) as connection:
        _, pages, _ = connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert 0 < pages < 10


def test_a_reader_who_takes_long_keeps_nobody_from_writing(sqlite_url: str, sqlite_engine: Engine) -> None:
    write(sqlite_url, "CA1")
    with closing(sqlite_engine.raw_connection()) as reader:
        cursor = reader.cursor()
        cursor.execute("BEGIN")
        assert cursor.execute("SELECT count(*) FROM calls").fetchone() == (1,)
        carry_over(sqlite_engine)
        write(sqlite_url, "CA2")
        assert cursor.execute("SELECT count(*) FROM calls").fetchone() == (1,)
    carry_over(sqlite_engine)
    assert in_file(sqlite_url) == ["CA1", "CA2"]


def test_what_goes_wrong_is_nobodys_business(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise exc.OperationalError("PRAGMA wal_checkpoint", {}, sqlite3.OperationalError("disk is full"))

    monkeypatch.setattr(sqlite_engine, "raw_connection", full)
    carry_over(sqlite_engine)
