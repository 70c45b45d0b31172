"""PostgreSQL connections that give up: also on a server that is there, and silent."""

from collections.abc import Generator, Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

__all__ = ["connect"]

T = TypeVar("T")


class _Patient(psycopg.Connection[Any]):
    """Waits `patience` seconds for an answer, then closes itself and raises OperationalError.

    The server's own timeouts end a statement that is slow or locked out. A server that is stopped, or cut off, keeps no
    timeouts; and TCP's are longer than a caller's.
    """

    patience: float | None = None

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """As psycopg's own, which looks for Ctrl-C every `interval` seconds."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # an answer may still come, and would be taken for that to the next question
            raise


def connect(patience: float, arguments: Mapping[str, Any]) -> psycopg.Connection[Any]:
    """A connection on which nothing takes longer than about `patience` seconds. Raises psycopg.OperationalError."""
    milliseconds = round(patience * 1000)
    options = f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
    wanted = {"connect_timeout": 2, "options": options, "application_name": "ivr", "autocommit": True, **arguments}
    connection = _Patient.connect(**wanted)
    connection.patience = patience + 0.2
    return connection
