"""The bare connections: kept at hand, let go when they broke, and one writer after the other."""

import threading
from contextlib import closing

import pytest
from sqlalchemy import Engine, event, exc

from ivr.stores import direct
from ivr.stores.composed import composed
from ivr.stores.database import open_database
from ivr.stores.direct import Direct
from tests.stores.postgresql import Server
from tests.threads import at_once


def connections(engine: Engine) -> list[object]:
    """Every connection that is made from now on."""
    made: list[object] = []
    event.listen(engine, "connect", lambda connection, _: made.append(connection))
    return made


INSERTED = "INSERT INTO calls (id, version, record, ended, began_at, at) VALUES ('CA1', 1, '', false, '', '')"


def test_one_connection_serves_one_statement_after_the_other(engine: Engine) -> None:
    engine.dispose()
    made, database = connections(engine), Direct(engine)
    assert [database.first("SELECT 1", {}) for _ in range(5)] == [(1,)] * 5
    assert len(made) == 1


def test_a_statement_that_fails_leaves_nothing_behind(sqlite_engine: Engine) -> None:
    both = composed("both", (INSERTED, "INSERT INTO calls (id) VALUES (:id)"))
    database = Direct(sqlite_engine, prepared=both.prepared)
    with pytest.raises(exc.DBAPIError) as failed:
        database.changes(both.statement, {"id": None})
    assert not failed.value.connection_invalidated
    assert database.first("SELECT count(*) FROM calls", {}) == (0,)


def test_a_composed_statement_knows_what_its_parts_changed(sqlite_engine: Engine) -> None:
    renaming = "UPDATE calls SET id = :new WHERE id = :old"
    counting = "UPDATE calls SET version = version + 1 WHERE id = :new AND changes() > 0"
    renamed = composed("renamed", (renaming, counting))
    database = Direct(sqlite_engine, prepared=renamed.prepared)
    assert database.changes(INSERTED, {})
    assert not database.changes(renamed.statement, {"old": "CA2", "new": "CA1"})
    assert database.changes(renamed.statement, {"old": "CA1", "new": "CA:2"})
    assert database.first("SELECT id, version FROM calls", {}) == ("CA:2", 2)


def test_a_server_that_was_restarted_takes_every_connection_with_it(
    postgresql: Server, postgresql_engine: Engine
) -> None:
    database = Direct(postgresql_engine)
    at_once(lambda: database.first("SELECT pg_sleep(0.1)", {}), 4)
    made = connections(postgresql_engine)
    postgresql.stop("immediate")
    postgresql.start()
    with pytest.raises(exc.DBAPIError) as failed:
        database.first("SELECT 1", {})
    assert failed.value.connection_invalidated
    assert [database.first("SELECT 1", {}) for _ in range(4)] == [(1,)] * 4
    assert len(made) == 1


def test_writers_line_up_and_none_waits_for_ever(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Direct(sqlite_engine)
    monkeypatch.setattr(direct, "PATIENCE", 0.2)
    with sqlite_engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        assert all(at_once(lambda: isinstance(_failure(database), exc.SQLAlchemyError), 3))
        other.rollback()
    assert database.changes(INSERTED, {})


def _failure(database: Direct) -> Exception | None:
    try:
        database.changes(INSERTED, {})
    except exc.SQLAlchemyError as error:
        return error
    return None


def test_a_writer_of_another_process_is_waited_for(sqlite_url: str, sqlite_engine: Engine) -> None:
    database, elsewhere = Direct(sqlite_engine), open_database(sqlite_url)
    with closing(elsewhere.raw_connection()) as other:
        other.cursor().execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.1, other.rollback)
        release.start()
        assert database.changes(INSERTED, {})
        release.join()
    elsewhere.dispose()
