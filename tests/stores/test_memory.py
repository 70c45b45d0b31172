"""Calls kept in memory: what is forgotten first. What all stores have in common is in test_calls."""

from ivr.stores.memory import MemoryCalls
from tests.stores.test_calls import kept, save


def test_answers_are_kept_by_turn_and_the_oldest_go() -> None:
    calls = MemoryCalls(most_answers=2)
    for turn in range(3):
        save(calls, kept(version=turn + 1, document=f"answer to {turn}"), answered=turn)
    assert [calls.answer("CA1", turn) for turn in range(3)] == [None, "answer to 1", "answer to 2"]


def test_the_ended_call_not_used_for_longest_is_forgotten_first() -> None:
    calls = MemoryCalls(most_calls=3)
    save(calls, kept("open"))
    save(calls, kept("ended 1", ended=True))
    save(calls, kept("ended 2", ended=True))
    calls.find("ended 1")
    save(calls, kept("new"))
    assert [name for name in ("open", "ended 1", "ended 2", "new") if calls.find(name)] == ["open", "ended 1", "new"]


def test_an_open_call_is_forgotten_only_where_all_are_open() -> None:
    calls = MemoryCalls(most_calls=2)
    for name in ("oldest", "older", "new"):
        save(calls, kept(name))
    assert (calls.find("oldest"), len(calls)) == (None, 2)


def test_a_call_that_ends_is_still_one_call() -> None:
    calls = MemoryCalls(most_calls=1)
    save(calls, kept())
    save(calls, kept(version=2, ended=True))
    assert (calls.find("CA1"), len(calls)) == (kept(version=2, ended=True), 1)
