"""Calls kept in memory: versions, answers, and what is forgotten first."""

import threading
from datetime import UTC, datetime

from ivr.call.events import Silent
from ivr.stores.kept import KeptCall
from ivr.stores.memory import MemoryCalls


def kept(call_id: str = "CA1", version: int = 1, *, document: str = "<Response/>", ended: bool = False) -> KeptCall:
    return KeptCall(id=call_id, version=version, record="{}", document=document, ended=ended)


def save(calls: MemoryCalls, call: KeptCall, answered: int | None = None) -> bool:
    return calls.save(call, answered=answered, events=())


def test_a_call_is_found_as_it_was_saved() -> None:
    calls = MemoryCalls()
    assert save(calls, kept())
    assert calls.find("CA1") == kept()


def test_an_unknown_call_is_nothing() -> None:
    calls = MemoryCalls()
    assert (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1")) == (None, None, ())


def test_a_version_that_is_not_the_next_changes_nothing() -> None:
    calls = MemoryCalls()
    save(calls, kept(version=1))
    for version in (1, 3):
        assert not calls.save(kept(version=version, document="no"), answered=0, events=[_silent()])
    assert (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1")) == (kept(), None, ())


def test_of_many_updates_at_once_one_wins() -> None:
    calls = MemoryCalls()
    save(calls, kept())
    start, won = threading.Barrier(8), []

    def update() -> None:
        start.wait()
        won.append(save(calls, kept(version=2)))

    threads = [threading.Thread(target=update) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_answers_are_kept_by_turn_and_the_oldest_go() -> None:
    calls = MemoryCalls(most_answers=2)
    for turn in range(3):
        save(calls, kept(version=turn + 1, document=f"answer to {turn}"), answered=turn)
    assert [calls.answer("CA1", turn) for turn in range(3)] == [None, "answer to 1", "answer to 2"]


def test_events_are_appended() -> None:
    calls = MemoryCalls()
    calls.save(kept(), answered=None, events=[_silent()])
    calls.save(kept(version=2), answered=0, events=[_silent(), _silent()])
    assert calls.events("CA1") == (_silent(),) * 3


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


def _silent() -> Silent:
    return Silent(at=datetime(2026, 3, 3, tzinfo=UTC), place="main.menu", seconds=5.0)
