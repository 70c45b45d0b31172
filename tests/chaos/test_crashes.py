"""A save that is broken off at any of its statements leaves the old turn or the new one, and never a mixture."""

import multiprocessing
import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import event, exc

from ivr.stores.database import open_database
from ivr.stores.kept import KeptCall
from ivr.stores.migrating import migrate
from ivr.stores.opening import open_calls, open_ready
from ivr.stores.sql import SqlCalls
from tests.stores.test_calls import kept, silent

OLD, NEW = kept(document="old"), replace(kept(version=2), document="new")
DEAD, MIXED = 9, 99
STATEMENTS = 10
"""Of a save on SQLite: how long to wait (twice), what a save is (four), the save, and each step of it (three)."""


def state(calls: SqlCalls) -> tuple[KeptCall | None, str | None, int]:
    """Everything a mixture would show in."""
    return calls.find("CA1"), calls.answer("CA1", 0), len(calls.events("CA1"))


@pytest.mark.parametrize("before", [None, OLD], ids=["a new call", "a call in progress"])
def test_the_process_dies_at_each_statement_of_a_save(sqlite_url: str, before: KeptCall | None) -> None:
    with closing(open_calls(sqlite_url)) as calls:
        if before is not None:
            calls.save(before, answered=None, events=[silent()])
        was, saved = state(calls), NEW if before else replace(NEW, version=1)
        process = multiprocessing.get_context("spawn").Process(target=_die_at_each, args=(sqlite_url, saved))
        process.start()
        process.join()
        assert process.exitcode == STATEMENTS
        assert state(calls) == (saved, "new", was[2] + 2)


def _die_at_each(url: str, call: KeptCall) -> None:
    """Forks a process for every statement there is, each dying as its own begins; the last one lives, and saves.

    Exits with how many died, or with MIXED where one of them left anything behind.
    """
    was, statement = _state_of(url), 1
    while True:
        pid = os.fork()
        if pid == 0:
            _die_at(url, call, statement)
        _, status = os.waitpid(pid, 0)
        if os.waitstatus_to_exitcode(status) != DEAD:
            os._exit(statement - 1)
        if _state_of(url) != was:
            os._exit(MIXED)
        statement += 1


def _state_of(url: str) -> tuple[KeptCall | None, str | None, int]:
    with closing(open_calls(url)) as calls:
        return state(calls)


def _die_at(url: str, call: KeptCall, wanted: int) -> None:
    engine, seen = open_ready(url), 0

    def trace(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == wanted:
            os._exit(DEAD)

    def watch(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(trace)

    event.listen(engine, "connect", watch)
    SqlCalls(engine).save(call, answered=0, events=[silent(), silent()])
    os._exit(0)


@pytest.mark.parametrize("before", [None, OLD], ids=["a new call", "a call in progress"])
def test_a_part_of_a_save_fails_on_postgresql(postgresql_url: str, before: KeptCall | None) -> None:
    _migrated(postgresql_url)
    with closing(open_calls(postgresql_url)) as calls:
        if before is not None:
            calls.save(before, answered=None, events=[silent()])
        was, saved = state(calls), NEW if before else replace(NEW, version=1)
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("CREATE FUNCTION fail() RETURNS trigger AS 'BEGIN RAISE ''cut''; END' LANGUAGE plpgsql")
            other.execute("CREATE TRIGGER cut AFTER INSERT ON events EXECUTE FUNCTION fail()")
            with pytest.raises(exc.DBAPIError):
                calls.save(saved, answered=0, events=[silent(), silent()])
            other.execute("DROP TRIGGER cut ON events")
        assert state(calls) == was
        assert calls.save(saved, answered=0, events=[silent(), silent()])
        assert state(calls) == (saved, "new", was[2] + 2)


def _migrated(url: str) -> None:
    engine = open_database(url)
    migrate(engine)
    engine.dispose()
