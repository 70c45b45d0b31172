"""SQLite's write-ahead log, carried over into the database's file beside the turns.

SQLite does it by itself in every so many thousandth commit, and that one waits for the disk twice: tens of milliseconds
in which a caller waits, and all writers of the process behind it. https://www.sqlite.org/wal.html#ckpt
"""

import threading
from contextlib import suppress

from sqlalchemy import Engine, exc

__all__ = ["Checkpoints"]

EVERY = 800
"""Writes of this process after which the log is carried over: some 4,000 pages of it."""

_PATIENCE = 20
"""Milliseconds that others are kept from writing, at the most, until nobody reads from the log any more."""


class Checkpoints:
    """Counts what is written to an SQLite database, and sees to its log. Not safe between threads: writers line up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writes = 0
        self._at_work: threading.Thread | None = None

    def wrote(self) -> None:
        """Tells of a write. Returns at once, and raises nothing."""
        self._writes += 1
        if self._writes < EVERY or (self._at_work and self._at_work.is_alive()):
            return
        self._writes = 0
        with suppress(RuntimeError):  # no thread can be had; SQLite does it by itself in the end
            self._at_work = threading.Thread(target=self._carry_over, name="checkpoint", daemon=True)
            self._at_work.start()

    def join(self) -> None:
        """Waits for what was begun."""
        if self._at_work:
            self._at_work.join()

    def _carry_over(self) -> None:
        """Most of it while others write; then what they wrote meanwhile, so that the log begins anew.

        What goes wrong is left to SQLite, which tries again, and whose writers are told.
        """
        with suppress(exc.SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            connection = self._engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
                told = cursor.fetchone()
                if told and not told[0]:  # else another process is at it
                    cursor.execute("PRAGMA wal_checkpoint(RESTART)")
            finally:
                connection.close()
