"""A process that remembers how it left a call is not misled by what others did to it since."""

from itertools import product

import pytest
from flask import Flask

from ivr.call import CallRecord
from ivr.stores.kept import KeptCall
from ivr.stores.memory import MemoryCalls
from tests.webhooks.conftest import Sender
from tests.webhooks.test_repeats import INCOMING, KEYS, walk
from webhooks import recent
from webhooks.recent import Left, RecentCalls


class Asked(MemoryCalls):
    """Counts how often a call is looked for."""

    found = 0

    def find(self, call_id: str) -> KeptCall | None:
        self.found += 1
        return super().find(call_id)


def processes(sender: Sender, store: MemoryCalls) -> tuple[Flask, Flask]:
    """Two applications over one store."""
    sender.serve(store=store)
    first = sender.app
    sender.serve(store=store)
    return first, sender.app


@pytest.mark.parametrize("hops", list(product((0, 1), repeat=len(KEYS))))
def test_a_call_may_hop_at_every_turn_and_each_turn_may_come_again_elsewhere(
    sender: Sender, hops: tuple[int, ...]
) -> None:
    alone = walk(sender)
    store = MemoryCalls()
    apps = processes(sender, store)
    assert sender.post(INCOMING, CallStatus="ringing").text == alone[0]
    for turn, (keys, hop) in enumerate(zip(KEYS, hops, strict=True)):
        for app in (apps[hop], apps[1 - hop], apps[hop]):
            sender.app = app
            assert sender.post(f"/voice/turn/{turn}", Digits=keys).text == alone[turn + 1]
    assert [event.kind for event in store.events(sender.call_sid)].count("heard") == len(KEYS)


def test_where_nobody_else_answered_the_store_is_not_asked_where_the_call_stands(sender: Sender) -> None:
    store = Asked()
    sender.serve(store=store)
    sender.post(INCOMING, CallStatus="ringing")
    for turn in range(3):
        sender.post(f"/voice/turn/{turn}", Digits="*")
    sender.post("/voice/status", CallStatus="completed")
    assert store.found == 0
    assert [event.kind for event in store.events(sender.call_sid)].count("ended") == 1


def test_who_went_on_at_another_process_hangs_up_where_they_are_now(sender: Sender) -> None:
    store = MemoryCalls()
    sender.app, other = processes(sender, store)
    sender.post(INCOMING, CallStatus="ringing")
    here, sender.app = sender.app, other
    sender.post("/voice/turn/0", Digits=KEYS[0])
    sender.app = here
    sender.post("/voice/status", CallStatus="completed")
    kinds = [event.kind for event in store.events(sender.call_sid)]
    assert (kinds.count("heard"), kinds[-1]) == (1, "ended")
    kept = store.find(sender.call_sid)
    assert kept is not None
    assert kept.ended


def test_who_hung_up_at_another_process_is_gone(sender: Sender) -> None:
    store = MemoryCalls()
    sender.app, other = processes(sender, store)
    documents = walk(sender)
    here, sender.app = sender.app, other
    sender.post("/voice/status", CallStatus="completed")
    ended = list(store.events(sender.call_sid))
    sender.app = here
    assert sender.post(f"/voice/turn/{len(KEYS)}", Digits="1").text != documents[-1]
    assert list(store.events(sender.call_sid)) == ended


def left(call_id: str, turn: int = 0) -> Left:
    record = CallRecord(
        id=call_id, dialled="", line="main", version="", place="main.menu", started_at="", seed=1, turn=turn
    )
    return Left(record=record, version=turn + 1, caller=None)


def test_a_call_is_taken_once() -> None:
    calls = RecentCalls()
    calls.leave(left("CA1", turn=3))
    assert calls.take("CA1") == left("CA1", turn=3)
    assert calls.take("CA1") is None


def test_the_one_that_waits_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    calls = RecentCalls()
    for number in range(3):
        calls.leave(left(f"CA{number}"))
    assert [calls.take(f"CA{number}") is None for number in range(3)] == [True, False, False]
