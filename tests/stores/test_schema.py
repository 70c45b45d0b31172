"""The tables and their versions: both ways, from the first, and the same as the models."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic_core import to_json
from sqlalchemy import Engine, inspect

from ivr.call.events import event_to_json
from ivr.errors import StoreError
from ivr.stores.database import open_database, parse_url
from ivr.stores.migrating import differences, migrate
from ivr.stores.opening import open_calls
from ivr.stores.schema import require_current, version, wanted
from ivr.stores.sql import SqlCalls
from tests.stores.test_calls import NOW, kept, silent

REVISIONS = sorted(
    path.name[:4] for path in (Path(__file__).parents[2] / "ivr/stores/migrations/versions").glob("[0-9]*.py")
)


def test_migrated_tables_are_those_of_the_models(engine: Engine) -> None:
    assert differences(engine) == []
    assert version(engine) == wanted() == REVISIONS[-1]


def test_each_migration_both_ways(empty: Engine) -> None:
    engine = empty
    for revision in [*REVISIONS, *reversed(REVISIONS), *REVISIONS]:
        migrate(engine, revision)
        assert version(engine) == revision
    migrate(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert differences(engine) == []


def test_a_call_of_the_first_version_is_there_in_the_last_and_the_other_way_round(empty: Engine) -> None:
    migrate(empty, REVISIONS[0])
    for call in ("CA1", "CA2"):
        _run(empty, f"INSERT INTO calls (id, version, record, ended, began_at, at) {_VALUES.format(call)}")
        _run(empty, f"INSERT INTO answers VALUES ('{call}', 1, NULL, 'first {call}'), ('{call}', 2, 0, 'new {call}')")
        _run(empty, f"INSERT INTO events VALUES ('{call}', 2, 0, 'silent', '{SILENT}')")
    for _ in range(2):
        migrate(empty)
        calls = SqlCalls(empty)
        assert calls.find("CA2") == kept("CA2", version=2, document="new CA2")
        assert calls.answer("CA1", 0) == "new CA1"
        assert calls.events("CA1") == (silent(),)
        migrate(empty, REVISIONS[0])
        with empty.connect() as connection:
            answers = connection.exec_driver_sql("SELECT document FROM answers WHERE call_id = 'CA1' ORDER BY version")
            assert list(answers.scalars()) == ["first CA1", "new CA1"]


def test_a_result_keeps_its_call_when_calls_move(empty: Engine) -> None:
    migrate(empty, "0006")
    _run(empty, f"INSERT INTO calls (id, version, record, ended, began_at, at) {_VALUES.format('CA1')}")
    _run(empty, "INSERT INTO trainees (name) VALUES ('Ana')")
    columns = "id, trainee, scenario, stage, at, score, failed, regret, lost, events, call_id"
    _run(empty, f"INSERT INTO results ({columns}) VALUES (7, 'Ana', '3', 'test', '', 1, {_FALSE}, '', '', '', 'CA1')")
    for revision in ("head", "0006", "head"):
        migrate(empty, revision)
        with empty.connect() as connection:
            assert connection.exec_driver_sql("SELECT id, call_id FROM results").all() == [(7, "CA1")]


_FALSE = "'0'"  # as both databases read it
_VALUES = f"VALUES ('{{0}}', 2, '{{{{}}}}', {_FALSE}, '{NOW.isoformat()}', '{NOW.isoformat()}')"
SILENT = to_json(event_to_json(silent())).decode()


def _run(engine: Engine, statement: str) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql(statement)


def test_differences_are_seen(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE calls ADD COLUMN odd INTEGER")
    assert "odd" in str(differences(engine))


def test_a_new_sqlite_file_gets_its_tables(tmp_path: Path) -> None:
    with closing(open_calls(f"sqlite:///{tmp_path / 'new' / 'calls.db'}")) as calls:
        assert calls.find("CA1") is None


def test_an_older_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "calls.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE others (id INTEGER)")
    with pytest.raises(StoreError, match="no tables yet: run `ivr db upgrade`"):
        open_calls(f"sqlite:///{file}")


def test_a_database_of_a_newer_program(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=f"at version 9999, this program needs {wanted()}"):
        require_current(engine)
    with pytest.raises(StoreError, match="which a newer program made"):
        migrate(engine)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("calls.db", "this is no database URL"),
        ("mysql://root:secret@db/ivr", "there is no store on 'mysql'"),
        ("sqlite://", "SQLite needs a file"),
        ("sqlite:///:memory:", "SQLite needs a file"),
        ("postgresql://u:secret@host:port/x", "this is no database URL"),
    ],
)
def test_urls_that_are_wrong(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        parse_url(url)
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_says_so_without_its_password() -> None:
    engine = open_database("postgresql://ivr:secret@127.0.0.1:1/ivr")
    with pytest.raises(StoreError, match="the database cannot be used: ") as caught:
        version(engine)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "calls.db"
    file.write_text("no database at all " * 100)
    with pytest.raises(StoreError, match="file is not a database"):
        open_calls(f"sqlite:///{file}")
