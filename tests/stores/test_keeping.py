"""Calls that are let go, handed out, and forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from ivr.stores.callers import CallerKey
from ivr.stores.keeping import erase, export, purge, unfinished
from ivr.stores.sql import SqlCalls
from ivr.stores.tables import calls, events
from tests.stores.test_calls import NOW, kept, silent

KEY = CallerKey("a secret")
PAT, ROBIN = "+12125550101", "+13055550122"


@pytest.fixture
def three(engine: Engine) -> Engine:
    """Two calls of one caller, a day apart, and one of another."""
    store = SqlCalls(engine)
    for name, number, days in (("CA1", PAT, 3), ("CA2", PAT, 2), ("CA3", ROBIN, 1)):
        call = replace(kept(name), at=NOW - timedelta(days=days), caller=KEY.hide(number))
        store.save(call, answered=None, events=[silent()])
    return engine


def left(engine: Engine) -> list[str]:
    """The calls that are there; whatever else there is must belong to them."""
    with engine.connect() as connection:
        found = list(connection.execute(select(calls.c.id).order_by(calls.c.id)).scalars())
        happened = select(calls.c.id).select_from(events.outerjoin(calls, events.c.call == calls.c.number))
        assert sorted(connection.execute(happened).scalars()) == sorted(2 * found)
    return found


def test_calls_go_when_nothing_has_happened_on_them_for_long(three: Engine) -> None:
    assert purge(three, NOW - timedelta(days=1.5)) == 2
    assert left(three) == ["CA3"]


def test_many_calls_go_in_batches(engine: Engine) -> None:
    store = SqlCalls(engine)
    for number in range(1100):
        store.save(kept(f"CA{number}"), answered=None, events=())
    assert purge(engine, NOW + timedelta(seconds=1)) == 1100
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(events)).scalar() == 0


def test_a_caller_is_forgotten(three: Engine) -> None:
    assert erase(three, KEY, PAT) == 2
    assert left(three) == ["CA3"]


def test_with_another_key_nobody_is_found(three: Engine) -> None:
    assert erase(three, CallerKey("another secret"), PAT) == 0
    assert left(three) == ["CA1", "CA2", "CA3"]


def test_calls_are_handed_out_oldest_first(three: Engine) -> None:
    found = list(export(three))
    assert [(call["call"], call["caller"], call["updates"]) for call in found] == [
        ("CA1", "…0101", 1),
        ("CA2", "…0101", 1),
        ("CA3", "…0122", 1),
    ]
    assert found[0]["events"] == [
        {"event": "silent", "at": NOW.isoformat(), "node": "main.menu", "seconds": 5.0},
    ]


def test_the_calls_of_one_caller(three: Engine) -> None:
    assert [call["call"] for call in export(three, KEY, ROBIN)] == ["CA3"]


@pytest.mark.parametrize(
    ("number", "last4"), [(PAT, "0101"), ("client:pat", ""), ("anonymous", ""), ("sip:12@example.com", "")]
)
def test_a_hidden_caller_shows_four_digits_of_a_number(number: str, last4: str) -> None:
    hidden = KEY.hide(number)
    assert hidden.last4 == last4
    assert len(hidden.hashed) == 32
    assert number not in repr(hidden)


def test_hiding_depends_on_the_number_and_the_key() -> None:
    hidden = {KEY.hide(PAT).hashed, KEY.hide(ROBIN).hashed, CallerKey("another secret").hide(PAT).hashed}
    assert len(hidden) == 3
    assert KEY.hide(PAT) == CallerKey("a secret").hide(PAT)


def test_calls_that_have_not_ended_and_are_quiet(three: Engine) -> None:
    assert unfinished(three, NOW - timedelta(days=1.5)) == ["CA1", "CA2"]
    found = SqlCalls(three).find("CA1")
    assert found is not None
    SqlCalls(three).save(replace(found, version=2, ended=True), answered=None, events=())
    assert unfinished(three, NOW - timedelta(days=1.5)) == ["CA2"]
