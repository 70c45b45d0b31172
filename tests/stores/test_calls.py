"""Calls in every store: versions, answers, events, and many updates at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ivr.call.events import Event, Silent
from ivr.stores.callers import HiddenCaller
from ivr.stores.kept import KeptCall, LateKey
from ivr.stores.memory import MemoryCalls
from ivr.stores.sql import SqlCalls
from tests.threads import at_once

NOW = datetime(2026, 3, 3, 15, 0, 0, 125000, tzinfo=UTC)
Calls = MemoryCalls | SqlCalls


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def calls(request: pytest.FixtureRequest) -> Calls:
    """A store without calls."""
    return MemoryCalls() if request.param == "memory" else SqlCalls(request.getfixturevalue(f"{request.param}_engine"))


def kept(call_id: str = "CA1", version: int = 1, *, document: str = "<Response/>", ended: bool = False) -> KeptCall:
    return KeptCall(id=call_id, version=version, record="{}", document=document, ended=ended, at=NOW)


def save(calls: Calls, call: KeptCall, answered: int | None = None) -> bool:
    return calls.save(call, answered=answered, events=())


def silent() -> Event:
    return Silent(at=NOW, place="main.menu", seconds=5.0)


def test_a_call_is_found_as_it_was_saved(calls: Calls) -> None:
    call = replace(
        kept(), late_key=LateKey(key="#", filled_at=NOW), caller=HiddenCaller(hashed="ab" * 16, last4="0101")
    )
    assert save(calls, call)
    assert calls.find("CA1") == call


def test_an_unknown_call_is_nothing(calls: Calls) -> None:
    assert (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1")) == (None, None, ())


def test_an_update_replaces_all_but_the_caller(calls: Calls) -> None:
    first = replace(kept(), late_key=LateKey(key="#", filled_at=NOW), caller=HiddenCaller(hashed="ab" * 16, last4=""))
    save(calls, first)
    second = replace(first, version=2, document="<Response>2</Response>", ended=True, late_key=None, record='{"a": 1}')
    assert save(calls, second, answered=0)
    assert calls.find("CA1") == second


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_is_not_the_next_changes_nothing(calls: Calls, version: int) -> None:
    save(calls, kept(version=1))
    assert not calls.save(kept(version=version, document="no"), answered=0, events=[silent()])
    assert (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1")) == (kept(), None, ())


@pytest.mark.parametrize("version", [1, 2])
def test_of_many_updates_at_once_one_wins(calls: Calls, version: int) -> None:
    if version > 1:
        save(calls, kept())
    won = at_once(lambda: calls.save(kept(version=version), answered=0, events=[silent()]), 8)
    assert sorted(won) == [False] * 7 + [True]
    assert len(calls.events("CA1")) == 1


def test_answers_are_kept_by_turn(calls: Calls) -> None:
    save(calls, kept(document="hello"))
    for turn in range(3):
        save(calls, kept(version=turn + 2, document=f"answer to {turn}"), answered=turn)
    assert [calls.answer("CA1", turn) for turn in range(4)] == ["answer to 0", "answer to 1", "answer to 2", None]


def test_a_turn_answered_twice_has_its_last_answer(calls: Calls) -> None:
    save(calls, kept())
    save(calls, kept(version=2, document="first"), answered=4)
    save(calls, kept(version=3, document="second"), answered=4)
    assert calls.answer("CA1", 4) == "second"


def test_events_are_appended_in_order(calls: Calls) -> None:
    happened = [replace(silent(), place=f"main.{number}") for number in range(14)]
    calls.save(kept(), answered=None, events=happened[:1])
    calls.save(kept(version=2), answered=0, events=happened[1:13])
    calls.save(kept(version=3), answered=1, events=happened[13:])
    assert list(calls.events("CA1")) == happened


def test_calls_do_not_mix(calls: Calls) -> None:
    calls.save(kept("CA1", document="one"), answered=0, events=[silent()])
    calls.save(kept("CA2", document="two"), answered=0, events=())
    assert (calls.answer("CA1", 0), calls.answer("CA2", 0)) == ("one", "two")
    assert (len(calls.events("CA1")), len(calls.events("CA2"))) == (1, 0)


def test_text_of_all_languages_is_kept_to_the_letter(calls: Calls) -> None:
    call = replace(kept(), record='{"words": "Größe, 東京, 🙂, \\\\ \' \\" %s :x"}', document="<Say>¿Qué?\n</Say>")
    save(calls, call)
    assert calls.find("CA1") == call
