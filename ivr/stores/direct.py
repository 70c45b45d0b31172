"""Statements written with SQLAlchemy, compiled once, and run on the bare connections of its pool.

What SQLAlchemy does for each execution, each transaction and each visit to its pool costs several times what SQLite
takes to answer; the webhook's few statements go without. Errors are SQLAlchemy's, and connections that broke are let
go, as ever.
"""

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic, sleep
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, PoolProxiedConnection, event, exc

from ivr.stores.breaker import Breaker
from ivr.stores.checkpoints import Checkpoints
from ivr.stores.database import PATIENCE

__all__ = ["Direct", "Row", "Values"]

P = ParamSpec("P")
T = TypeVar("T")

Values = Mapping[str, object]
"""What a statement's parameters stand for, by name."""

Row = tuple[Any, ...]


_AT_HAND = 8
"""Connections kept between statements; the pool has them back beyond that."""


_SHORT, _LONG = 0.0002, 0.005
"""Seconds between two asks of a database that is busy: at first, and in the end."""


class Direct:
    """A database, for statements that run often. Safe between threads.

    `prepared` is done on each connection of its own, before anything else; to do it twice must do no harm.
    """

    def __init__(self, engine: Engine, *, prepared: Sequence[str] = ()) -> None:
        self._engine = engine
        self._prepared = prepared
        self._dialect = engine.dialect
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._at_hand: list[PoolProxiedConnection] = []
        event.listen(engine, "engine_disposed", self._let_go)
        self._one_writes = threading.Lock()
        self._reading, self._writing = Breaker(), Breaker()  # who writes may have to wait where who reads does not
        self._checkpoints = Checkpoints(engine)
        self._error: type[Exception] = engine.dialect.loaded_dbapi.Error

    def close(self) -> None:
        """Closes every connection that is not in use."""
        self._engine.dispose()

    def first(self, statement: str, values: Values) -> Row | None:
        """The first row of a statement that stands alone; None where it has none. Raises DBAPIError."""
        return self._through(self._reading, self._done, _first, statement, values)

    def rows(self, statement: str, values: Values) -> Sequence[Row]:
        """All rows of a statement that stands alone. Raises DBAPIError."""
        return self._through(self._reading, self._done, _rows, statement, values)

    def changes(self, statement: str, values: Values) -> bool:
        """Whether a statement that stands alone changed anything; on PostgreSQL it says so itself, by its first value.

        Raises DBAPIError.
        """
        write = self._written_in_line if self._is_sqlite else self._written
        return self._through(self._writing, write, statement, values)

    def _written(self, statement: str, values: Values) -> bool:
        return bool((self._done(_first, statement, values) or (0,))[0])

    def _written_in_line(self, statement: str, values: Values) -> bool:
        """SQLite has one writer at a time, and lets those who wait ask again and again: the last may never be heard. So
        the threads of a process line up before they ask."""
        if not self._one_writes.acquire(timeout=PATIENCE):
            raise exc.TimeoutError("the writers before this one took too long")
        try:
            changed = self._done(_changed, statement, values)
            self._checkpoints.wrote()
        finally:
            self._one_writes.release()
        return changed

    def _through(self, breaker: Breaker, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Unless the database stands still."""
        since = breaker.admit()
        try:
            done = work(*arguments, **named)
        except BaseException:
            breaker.failed(since)
            raise
        breaker.worked()
        return done

    def _done(self, work: Callable[[Any, str, Values], T], statement: str, values: Values) -> T:
        """On a connection that is put back to where the next one finds it at once. What failed goes back to the pool,
        which rolls back what was not kept."""
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self._leased()
        try:
            try:
                result = work(connection.dbapi_connection, statement, values)
            except self._error as error:
                result = self._once_free(
                    connection, error, lambda: work(connection.dbapi_connection, statement, values)
                )
        except BaseException:
            connection.close()
            raise
        if len(self._at_hand) < _AT_HAND:
            self._at_hand.append(connection)
        else:
            connection.close()
        return result

    def _leased(self) -> PoolProxiedConnection:
        connection = self._engine.raw_connection()
        cursor = connection.cursor()
        if self._is_sqlite:
            cursor.execute("PRAGMA busy_timeout=0")  # until the pool lends it again: see `_once_free`
        for statement in self._prepared:
            cursor.execute(statement)
        return connection

    def _once_free(self, connection: PoolProxiedConnection, error: Exception, ask: Callable[[], T]) -> T:
        """Asks again while another process writes. SQLite's own way sleeps a millisecond first, then longer and longer:
        several times what a turn takes to be written."""
        began, pause = monotonic(), _SHORT
        while _is_busy(error) and monotonic() - began <= PATIENCE:
            connection.rollback()
            sleep(pause)
            pause = min(pause * 1.5, _LONG)
            try:
                return ask()
            except self._error as again:
                error = again
        raise self._told(connection, error) from error

    def _let_go(self, _: Engine) -> None:
        """The pool is gone, and with it what was its own."""
        while self._at_hand:
            with suppress(IndexError):  # another thread was faster
                self._at_hand.pop().invalidate()

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


def _first(raw: Any, statement: str, values: Values) -> Row | None:
    cursor = raw.cursor()
    cursor.execute(statement, values)
    row: Row | None = cursor.fetchone()
    cursor.close()  # whatever was not fetched would hold on to an old state of the database
    return row


def _rows(raw: Any, statement: str, values: Values) -> Sequence[Row]:
    cursor = raw.cursor()
    cursor.execute(statement, values)
    return list(cursor.fetchall())


def _changed(raw: Any, statement: str, values: Values) -> bool:
    before: int = raw.total_changes  # what a trigger changed is counted, other than by a cursor's `rowcount`
    raw.execute(statement, values)
    return bool(raw.total_changes > before)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
