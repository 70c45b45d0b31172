"""A database by its URL: SQLite in a file, or PostgreSQL. Nothing waits longer than a caller would."""

import sqlite3
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ivr.errors import StoreError

__all__ = ["PATIENCE", "Engine", "default_url", "open_database", "parse_url", "wipe"]

PATIENCE = 1.5
"""Seconds that one statement may wait, for a lock or for the server. Twilio gives up after 15, a caller sooner: a turn
asks twice at the most, and then there is still time for an apology."""

_KINDS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_EXPECTED = "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
_KEPT_OPEN, _MORE = 10, 30
_WAL_PAGES = 40_000
"""160 MB of log, after which a writer carries it over itself: see `checkpoints`, which is there before."""


def default_url() -> str:
    """A file in the platform's data folder."""
    return f"sqlite:///{user_data_path('ivr-trainer') / 'calls.db'}"


def parse_url(text: str) -> URL:
    """A database URL, with the driver that is used here. Raises StoreError, which never quotes the text: it may hold a
    password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"this is no database URL, {_EXPECTED}") from None
    if url.drivername not in _KINDS:
        raise StoreError(f"there is no store on '{url.drivername}', {_EXPECTED}")
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError(f"SQLite needs a file, {_EXPECTED}")
    return url.set(drivername=_KINDS[url.drivername])


def open_database(text: str) -> Engine:
    """The engine for a database URL. Nothing is connected yet. Raises StoreError."""
    url = parse_url(text)
    return _sqlite(url) if url.drivername == "sqlite" else _postgresql(url)


def _sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder of {path} cannot be made: {error.strerror}") from None
    engine = create_engine(
        url, pool_size=_KEPT_OPEN, max_overflow=_MORE, pool_timeout=PATIENCE, connect_args={"timeout": PATIENCE}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkout", _be_patient)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """WAL: readers and the one writer do not wait for each other. NORMAL: a power cut may take the last turns with it
    (the call then goes on from an earlier one), a crash of the program takes nothing."""
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says so, and nowhere else
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten
        f"wal_autocheckpoint={_WAL_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def wipe(engine: Engine) -> None:
    """Leaves nothing that was deleted in SQLite's WAL, unless somebody reads on: it is there until it is written over.

    PostgreSQL sees to such rows by itself.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _be_patient(connection: sqlite3.Connection, *_: object) -> None:
    """Whoever had it before may have been in a hurry."""
    connection.execute(f"PRAGMA busy_timeout={round(PATIENCE * 1000)}")


def _begin_sqlite(connection: Connection) -> None:
    """A read is one statement, and needs no transaction; a write takes the lock at once, so that it never has to give
    up half-way because somebody else wrote since it began to read."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    """The driver begins no transaction of its own (see `patient`): a statement that stands alone needs none."""
    connection.connection.cursor().execute("BEGIN")  # not as a statement of this connection, which may stream its rows


def _postgresql(url: URL) -> Engine:
    try:
        from ivr.stores.patient import connect  # psycopg comes with an extra
    except ImportError:
        raise StoreError("PostgreSQL needs psycopg: pip install 'ivr-trainer[postgres]'") from None
    arguments: dict[str, Any] = url.translate_connect_args(username="user", database="dbname")
    engine = create_engine(
        url.set(query={}),
        creator=lambda: connect(PATIENCE, {**arguments, **dict(url.query)}),
        pool_size=_KEPT_OPEN,
        max_overflow=_MORE,
        pool_timeout=PATIENCE,
        pool_reset_on_return="rollback",
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine
