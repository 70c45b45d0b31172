"""Trainees and results, in each kind of database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from ivr.call.events import RehearsalBegan
from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.keeping import purge
from ivr.stores.personal import erase
from ivr.stores.sql import SqlCalls
from ivr.stores.teaching import Result, Teaching
from ivr.stores.teaching_tables import trainees
from tests.stores.test_calls import NOW, kept

RESULT = Result(
    trainee="Ada",
    scenario="dispute",
    stage="test",
    at="2025-03-04T15:00:00+00:00",
    score=72.5,
    failed=False,
    regret={"wrong-turn": 12.0},
    lost={"courtesy": 2.5},
    events='{"event": "ended"}\n',
)


@pytest.fixture
def teaching(engine: Engine) -> Teaching:
    """A class of one."""
    teaching = Teaching(engine, CallerKey("a secret"))
    teaching.add("Ada", group="May", pin="4711")
    return teaching


def test_a_class_is_added_whole_or_not_at_all(teaching: Teaching) -> None:
    with pytest.raises(StoreError, match="is there already"):
        teaching.add_all([("Bob", "May", None), ("Ada", None, None)])
    teaching.add_all([("Bob", "May", None), ("Cid", None, "4712")])
    assert (teaching.roll(), teaching.trainee("4712")) == ((("Ada", "May"), ("Bob", "May"), ("Cid", None)), "Cid")


def test_a_pin_tells_the_trainee_and_is_not_kept(teaching: Teaching, engine: Engine) -> None:
    assert (teaching.trainee("4711"), teaching.trainee("4712")) == ("Ada", None)
    assert Teaching(engine, CallerKey("another")).trainee("4711") is None
    with engine.connect() as connection:
        assert "4711" not in connection.execute(select(trainees.c.pin)).scalar_one()


@pytest.mark.parametrize(("name", "pin"), [("Ada", "1"), ("Bob", "4711")])
def test_a_name_and_a_pin_are_one_trainees(teaching: Teaching, name: str, pin: str) -> None:
    with pytest.raises(StoreError, match="already, or one with that PIN"):
        teaching.add(name, pin=pin)


def test_another_pin_takes_the_place_of_the_first(teaching: Teaching) -> None:
    teaching.change("Ada", pin="4713")
    assert (teaching.trainee("4711"), teaching.trainee("4713"), teaching.roll("May")) == (
        None,
        "Ada",
        (("Ada", "May"),),
    )


def test_a_pin_that_is_somebodys_is_given_to_nobody_else(teaching: Teaching) -> None:
    teaching.add("Bob", pin="4712")
    with pytest.raises(StoreError, match="with that PIN already"):
        teaching.change("Bob", pin="4711")
    assert teaching.trainee("4712") == "Bob"


def test_results_are_kept_in_the_order_of_time(teaching: Teaching) -> None:
    earlier = replace(RESULT, at="2025-03-03T15:00:00+00:00")
    teaching.keep(RESULT)
    teaching.keep(earlier)
    assert teaching.results("Ada") == (earlier, RESULT)


def test_pins_are_asked_for_where_somebody_has_one(engine: Engine, teaching: Teaching) -> None:
    assert teaching.has_pins()
    erase(engine, "Ada")
    teaching.add("Bob")
    assert not teaching.has_pins()


def began(trainee: str | None) -> RehearsalBegan:
    return RehearsalBegan(at=NOW, place="lobby.number", scenario="dispute", stage="test", trainee=trainee)


def test_a_call_is_kept_once_and_left_over_until_then(engine: Engine, teaching: Teaching) -> None:
    calls = SqlCalls(engine)
    for call, ended, trainee in (
        ("CA1", True, "Ada"),
        ("CA2", True, None),
        ("CA3", False, "Ada"),
        ("CA4", True, "somebody erased"),
    ):
        calls.save(kept(call, ended=ended), answered=None, events=[began(trainee)])
    assert teaching.unkept() == ("CA1",)
    result = replace(RESULT, call="CA1")
    assert (teaching.keep(result), teaching.keep(result)) == (True, False)
    assert (teaching.unkept(), teaching.results("Ada")) == ((), (result,))


def test_a_result_outlives_its_call(engine: Engine, teaching: Teaching) -> None:
    SqlCalls(engine).save(kept(ended=True), answered=None, events=[began("Ada")])
    teaching.keep(replace(RESULT, call="CA1"))
    purge(engine, NOW + timedelta(days=1))
    assert teaching.results("Ada") == (RESULT,)


def test_results_are_of_somebody(teaching: Teaching) -> None:
    with pytest.raises(StoreError, match="there is no trainee 'Bob'"):
        teaching.keep(replace(RESULT, trainee="Bob"))


def test_a_trainee_is_erased_with_all_results(engine: Engine, teaching: Teaching) -> None:
    teaching.keep(RESULT)
    assert erase(engine, "Ada")
    assert (erase(engine, "Ada"), teaching.results("Ada"), teaching.trainee("4711")) == (None, (), None)


@dataclass(frozen=True, kw_only=True)
class Card:
    due: datetime
    state: str


def counted(state: str | None, result: Result) -> Card:
    """A card that counts its reviews, in days."""
    reviews = int(state or 0) + 1
    return Card(due=NOW + timedelta(days=reviews), state=str(reviews))


def test_a_card_is_kept_with_its_result(engine: Engine, teaching: Teaching) -> None:
    SqlCalls(engine).save(kept(ended=True), answered=None, events=[began("Ada")])
    for result in (RESULT, replace(RESULT, call="CA1"), replace(RESULT, call="CA1"), replace(RESULT, scenario="fraud")):
        teaching.keep(result, counted)

    assert teaching.due("Ada") == {"dispute": NOW + timedelta(days=2), "fraud": NOW + timedelta(days=1)}
    erase(engine, "Ada")
    assert teaching.due("Ada") == {}


def test_where_a_card_cannot_be_made_nothing_is_kept(teaching: Teaching) -> None:
    def fails(state: str | None, result: Result) -> Card:
        raise ValueError(state)

    with pytest.raises(ValueError, match="None"):
        teaching.keep(RESULT, fails)
    assert (teaching.results("Ada"), teaching.due("Ada")) == ((), {})
