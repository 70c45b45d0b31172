"""Status callbacks: in any order, as often as they like, the call ends once."""

from itertools import permutations

import pytest

from ivr.call.record import CallRecord
from ivr.stores.memory import MemoryCalls
from tests.webhooks.conftest import Sender

FINAL = ("completed", "busy", "failed", "no-answer", "canceled")
STATUS = "/voice/status"


@pytest.fixture
def store(sender: Sender) -> MemoryCalls:
    """What the line that `sender` calls remembers."""
    kept = MemoryCalls()
    sender.serve(store=kept)
    return kept


def ends(store: MemoryCalls, sender: Sender) -> list[str]:
    return [event.kind for event in store.events(sender.call_sid) if event.kind == "ended"]


@pytest.mark.parametrize("status", FINAL)
def test_a_final_status_ends_the_call_once(sender: Sender, store: MemoryCalls, status: str) -> None:
    sender.post("/voice/incoming")
    for _ in range(3):
        answer = sender.post(STATUS, CallStatus=status, SequenceNumber="0", CallDuration="5")
        assert (answer.status_code, answer.data) == (204, b"")
    assert ends(store, sender) == ["ended"]
    record = store.find(sender.call_sid)
    assert record is not None
    assert CallRecord.from_json(record.record).outcome == "abandoned"


@pytest.mark.parametrize("status", ["queued", "initiated", "ringing", "in-progress", "of-the-future"])
def test_any_other_status_changes_nothing(sender: Sender, store: MemoryCalls, status: str) -> None:
    sender.post("/voice/incoming")
    before = store.find(sender.call_sid)
    assert sender.post(STATUS, CallStatus=status).status_code == 204
    assert store.find(sender.call_sid) == before


def test_a_status_before_the_first_request_is_harmless(sender: Sender, store: MemoryCalls) -> None:
    assert sender.post(STATUS, CallStatus="completed").status_code == 204
    assert len(store) == 0
    assert "<Gather" in sender.post("/voice/incoming").text


def test_a_call_that_was_connected_stays_so(sender: Sender, store: MemoryCalls) -> None:
    sender.post("/voice/incoming")
    sender.post("/voice/turn/0", Digits="4")
    sender.post("/voice/turn/1")
    sender.post(STATUS, CallStatus="completed")
    record = store.find(sender.call_sid)
    assert record is not None
    assert CallRecord.from_json(record.record).outcome == "connected"
    assert ends(store, sender) == ["ended"]


def test_every_order_gives_the_same_end(sender: Sender, store: MemoryCalls) -> None:
    for number, order in enumerate(permutations(("ringing", "in-progress", "completed"))):
        sender.call_sid = f"CA{number:032x}"
        sender.post("/voice/incoming")
        for status in order:
            sender.post(STATUS, CallStatus=status)
        assert ends(store, sender) == ["ended"]


def test_an_answer_after_the_end_is_a_hang_up(sender: Sender, store: MemoryCalls) -> None:
    sender.post("/voice/incoming")
    sender.post(STATUS, CallStatus="completed")
    assert sender.post("/voice/turn/0", Digits="1").text.endswith("<Response><Hangup /></Response>")
    assert ends(store, sender) == ["ended"]


def test_an_action_that_reports_the_end_is_one(sender: Sender, store: MemoryCalls) -> None:
    sender.post("/voice/incoming")
    assert "<Hangup" in sender.post("/voice/turn/0", CallStatus="completed", Digits="1").text
    assert ends(store, sender) == ["ended"]
