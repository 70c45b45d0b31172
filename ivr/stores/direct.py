"""Statements written with SQLAlchemy, compiled once, and run on the bare connections of its pool.

What SQLAlchemy does for each execution, and each transaction, costs several times what SQLite takes to answer; the
webhook's few statements go without. Errors are SQLAlchemy's, and connections that broke are let go, as ever.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, exc
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql import ClauseElement

from ivr.stores.database import PATIENCE

__all__ = ["DBAPICursor", "Direct", "Values"]

Values = Mapping[str, object]
"""What a statement's parameters stand for, by name."""


class Direct:
    """A database, for statements that run often. Safe between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._dialect = engine.dialect
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._one_writes = threading.Lock()
        self._error: type[Exception] = engine.dialect.loaded_dbapi.Error

    def close(self) -> None:
        """Closes every connection that is not in use."""
        self._engine.dispose()

    def compiled(self, statement: ClauseElement) -> str:
        """A statement as this database reads it, with its parameters by name."""
        named = {"paramstyle": "named"} if self._is_sqlite else {}
        return str(statement.compile(dialect=type(self._dialect)(**named)))

    @contextmanager
    def reading(self) -> Iterator[DBAPICursor]:
        """A cursor for one statement. A database that fails raises DBAPIError."""
        with self._leased() as connection:
            yield connection.cursor()

    @contextmanager
    def writing(self) -> Iterator[DBAPICursor]:
        """A cursor for a transaction, which is kept at the end, and given up where an exception leaves it."""
        with self._in_turn(), self._leased() as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
            yield cursor
            connection.commit()

    @contextmanager
    def _leased(self) -> Iterator[PoolProxiedConnection]:
        connection = self._engine.raw_connection()
        try:
            yield connection
        except self._error as error:
            raise self._told(connection, error) from error
        finally:
            connection.close()  # back to the pool, which rolls back what was not kept

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """SQLite has one writer at a time, and lets those who wait ask again and again: the last may never be heard.
        So the threads of a process line up before they ask."""
        if not self._is_sqlite:
            yield
        elif not self._one_writes.acquire(timeout=PATIENCE):
            raise exc.TimeoutError("the writers before this one took too long")
        else:
            try:
                yield
            finally:
                self._one_writes.release()

    def _told(self, connection: PoolProxiedConnection, error: Exception) -> BaseException:
        """An error as SQLAlchemy tells it. A connection that is gone takes the pool with it: a server that went away
        has left none of them."""
        raw: Any = connection.dbapi_connection
        gone = self._dialect.is_disconnect(error, raw, None)  # type: ignore[arg-type]
        if gone:
            connection.invalidate(error)
            self._engine.dispose()
        told: BaseException = exc.DBAPIError.instance(
            None, None, error, self._error, hide_parameters=True, connection_invalidated=gone, dialect=self._dialect
        )
        return told
