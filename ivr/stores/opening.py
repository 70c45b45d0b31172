"""The store behind a database URL, ready to use."""

from pathlib import Path

from sqlalchemy import Engine

from ivr.stores.database import open_database
from ivr.stores.schema import require_current, version
from ivr.stores.sql import SqlCalls

__all__ = ["open_calls", "open_ready"]


def open_ready(url: str) -> Engine:
    """The database, with its tables as they should be. Raises StoreError, which says what to do.

    A SQLite file that is new gets its tables at once; whatever holds calls already is migrated by `ivr db upgrade`,
    when its owner has a copy.
    """
    engine = open_database(url)
    try:
        if engine.dialect.name == "sqlite" and not _exists(engine) and version(engine) is None:
            from ivr.stores.migrating import migrate  # alembic takes longer than most commands

            migrate(engine)
        require_current(engine)
    finally:
        engine.dispose()  # a server forks its workers after this, and a connection must not have two owners
    return engine


def open_calls(url: str) -> SqlCalls:
    """The calls of a database that is ready. Raises StoreError."""
    return SqlCalls(open_ready(url))


def _exists(engine: Engine) -> bool:
    file = Path(str(engine.url.database))
    return file.exists() and file.stat().st_size > 0
