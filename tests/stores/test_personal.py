"""All of a trainee's data, and of nobody else's, in each kind of database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from ivr.call.record import CallRecord, Rehearsal
from ivr.stores import personal
from ivr.stores.assignments import Assignments, Whose
from ivr.stores.callers import CallerKey
from ivr.stores.outbox import Outbox
from ivr.stores.personal import Erased, erase, export
from ivr.stores.sql import SqlCalls
from ivr.stores.teaching import Teaching
from ivr.stores.teaching_tables import metadata
from tests.stores.test_calls import NOW, kept
from tests.stores.test_teaching import RESULT, began, counted

ADA = 'Ada "the \\ü" O\'Neil, 100%'
OTHERS = ("ada", ADA.lower(), f"{ADA} the second", "Bob")
"""Names that are like hers, and one that is not."""


def record(call: str, trainee: str | None) -> str:
    """A call whose trainee is known, and which has not begun to rehearse."""
    rehearsal = Rehearsal(scenario="dispute", scene=NOW.isoformat(), trainee=trainee, briefing="stage")
    return CallRecord(
        id=call,
        dialled="lobby",
        line="lobby",
        version="1",
        place="lobby.number",
        started_at=NOW.isoformat(),
        seed=1,
        rehearsal=rehearsal,
    ).to_json()


@pytest.fixture
def classroom(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Everybody has a result without a call, one of a call, a call that was left over, and one in its briefing."""
    monkeypatch.setattr(personal, "_PAGE", 3)
    teaching, calls = Teaching(engine, CallerKey("a secret")), SqlCalls(engine)
    for number, name in enumerate((ADA, *OTHERS)):
        teaching.add(name, group="May", pin=str(4711 + number))
        for call, standing, happened in (
            (f"CA{number}kept", "{}", [began(name)]),
            (f"CA{number}left", "{}", [began(name)]),
            (f"CA{number}briefed", record("CA1", name), []),
            (f"CA{number}anonymous", record("CA1", None), [began(None)]),
        ):
            ended = "briefed" not in call
            calls.save(replace(kept(call, ended=ended), record=standing), answered=None, events=happened)
        for of in (None, f"CA{number}kept"):
            teaching.keep(replace(RESULT, trainee=name, call=of), counted)
        Assignments(engine).assign(["dispute"], Whose(trainee=name), date(2026, 12, 1), NOW)
    Assignments(engine).assign(["travel"], Whose(group="May"), None, NOW)
    outbox = Outbox(engine)
    outbox.delivered([each for each in outbox.take(20, NOW) if each.result.call is None])
    return engine


def everything(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
        }


def test_all_of_hers_is_handed_out(classroom: Engine) -> None:
    data = export(classroom, ADA)
    assert data is not None
    assert (data["trainee"], data["group"], data["has_pin"]) == (ADA, "May", True)
    assert [each["scenario"] for each in data["assignments"]] == ["dispute"]
    assert [each["call"] for each in data["results"]] == [None, "CA0kept"]
    assert [each["scenario"] for each in data["cards"]] == ["dispute"]
    assert [(call["call"], [event["event"] for event in call["events"]]) for call in data["calls"]] == [
        ("CA0briefed", []),
        ("CA0kept", ["rehearsal-began"]),
        ("CA0left", ["rehearsal-began"]),
    ]


def test_all_of_hers_is_gone_and_nothing_of_anybody_elses(classroom: Engine) -> None:
    before = everything(classroom)
    assert erase(classroom, ADA) == Erased(results=2, calls=3, told=1)
    after = everything(classroom)

    gone = {name: [row for row in before[name] if row not in after[name]] for name in before}
    assert {name: len(rows) for name, rows in gone.items() if rows} == {
        "calls": 3,
        "events": 5,
        "trainees": 1,
        "results": 2,
        "assignments": 1,
        "cards": 1,
        "deliveries": 2,
    }
    assert [row for rows in after.values() for row in rows if "CA0" in row and "anonymous" not in row] == []
    assert (erase(classroom, ADA), export(classroom, ADA)) == (None, None)


def test_what_was_broken_off_goes_on(classroom: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> Iterable[list[str]]:
        raise OSError("cut off")

    with monkeypatch.context() as broken:
        broken.setattr(personal, "_batches", breaks)
        with pytest.raises(OSError, match="cut off"):
            erase(classroom, ADA)
    assert erase(classroom, ADA) == Erased(results=0, calls=3, told=0)


def test_many_calls_are_found_a_page_at_a_time(classroom: Engine) -> None:
    calls = SqlCalls(classroom)
    for number in range(8):
        calls.save(replace(kept(f"CB{number}"), record=record("CB", "Bob")), answered=None, events=())
    data = export(classroom, "Bob")
    assert data is not None
    assert sum(call["call"].startswith("CB") for call in data["calls"]) == 8


def test_nothing_of_her_is_left_in_the_files_of_sqlite(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Neither where her rows were, nor in the WAL."""
    teaching, calls = Teaching(sqlite_engine, CallerKey("a secret")), SqlCalls(sqlite_engine)
    teaching.add("Wilhelmina")
    calls.save(kept("CA1", ended=True), answered=None, events=[began("Wilhelmina")])
    teaching.keep(replace(RESULT, trainee="Wilhelmina", call="CA1"), counted)

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("calls.db*"))

    assert b"Wilhelmina" in files()
    assert erase(sqlite_engine, "Wilhelmina") == Erased(results=1, calls=1, told=0)
    assert b"Wilhelmina" not in files()
