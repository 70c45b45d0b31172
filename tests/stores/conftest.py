"""Every kind of store, empty."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import Engine

from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from tests.stores.postgresql import Server, missing


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, one for each process of the tests."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    with TemporaryDirectory(prefix="ivr-postgresql-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # the server may run as a user of its own
        server = Server(folder=Path(folder) / "server")
        yield server
        server.stop("immediate")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'calls.db'}"


@pytest.fixture
def postgresql_url(postgresql: Server) -> str:
    """The URL of a PostgreSQL database without tables."""
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return postgresql.url


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """A SQLite database with its tables."""
    yield from _migrated(sqlite_url)


@pytest.fixture
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    """A PostgreSQL database with its tables."""
    yield from _migrated(postgresql_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without tables, of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    """A database without tables, of each kind."""
    engine = open_database(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """A database with its tables, of each kind."""
    yield from _migrated(empty_url)


def _migrated(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    migrate(engine)
    yield engine
    engine.dispose()
