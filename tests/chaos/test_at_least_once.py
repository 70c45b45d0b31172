"""Repeated, reordered and equal requests on real databases, and between processes: one effect, equal answers."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN
from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from ivr.stores.opening import open_calls
from ivr.stores.sql import SqlCalls
from tests.chaos.servers import ACCOUNT, Gunicorn
from tests.webhooks.conftest import Sender
from tests.webhooks.test_repeats import INCOMING, KEYS, at_once, walk

STATUS = "/voice/status"


@pytest.fixture
def store(engine: Engine, sender: Sender) -> SqlCalls:
    """What the line that `sender` calls is kept in."""
    kept = SqlCalls(engine)
    sender.serve(store=kept)
    return kept


def counted(store: SqlCalls, call_id: str) -> Counter[str]:
    return Counter(event.kind for event in store.events(call_id))


def test_every_turn_one_to_five_times_at_once_and_shuffled(store: SqlCalls, sender: Sender) -> None:
    chance = random.Random(4)
    for number in range(12):
        sender.call_sid = f"CA{number:032x}"
        documents = walk(sender)
        repeats = [turn for turn in range(len(KEYS)) for _ in range(chance.randint(1, 5))]
        chance.shuffle(repeats)
        for turn in repeats:
            assert sender.post(f"/voice/turn/{turn}", Digits=KEYS[turn]).text == documents[turn + 1]
        assert counted(store, sender.call_sid)["heard"] == len(KEYS)


def test_equal_requests_at_once(store: SqlCalls, sender: Sender) -> None:
    for turn, keys in [(None, ""), *enumerate(KEYS)]:
        path = INCOMING if turn is None else f"/voice/turn/{turn}"
        answers = at_once(lambda path=path, keys=keys: sender.post(path, Digits=keys).text, 6)  # type: ignore[misc]
        assert len(set(answers)) == 1
    found = counted(store, sender.call_sid)
    assert (found["arrived"], found["heard"], found["transferred"]) == (1, 4, 1)


@pytest.mark.parametrize("order", list(permutations(["ringing", "in-progress", "completed"])))
def test_status_callbacks_in_any_order_and_twice(store: SqlCalls, sender: Sender, order: tuple[str, ...]) -> None:
    sender.post(INCOMING)
    for status in [*order, *order]:
        number = str(("ringing", "in-progress", "completed").index(status))
        assert sender.post(STATUS, CallStatus=status, SequenceNumber=number).status_code == 204
    assert counted(store, sender.call_sid)["ended"] == 1


def test_a_callback_before_the_first_request(store: SqlCalls, sender: Sender) -> None:
    assert sender.post(STATUS, CallStatus="completed").status_code == 204
    assert "<Gather" in sender.post(INCOMING).text


def test_hanging_up_while_an_answer_is_on_its_way(store: SqlCalls, sender: Sender) -> None:
    """Whichever comes first, the call has one end."""
    for number in range(12):
        sender.call_sid = f"CA{number:032x}"
        sender.post(INCOMING)
        start = threading.Barrier(2)
        acts: list[Callable[[], object]] = [
            lambda: sender.post("/voice/turn/0", Digits="3"),
            lambda: sender.post(STATUS, CallStatus="completed"),
        ]

        def together(act: Callable[[], object], start: threading.Barrier = start) -> None:
            start.wait()
            act()

        threads = [threading.Thread(target=together, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = counted(store, sender.call_sid)
        assert (found["ended"], found["heard"] <= 1) == (1, True)


def test_a_call_moves_from_one_application_to_another(store: SqlCalls, sender: Sender) -> None:
    """Nothing of a call is in the process: each turn may be answered by another."""
    documents = [sender.post(INCOMING, CallStatus="ringing").text]
    for turn, keys in enumerate(KEYS):
        sender.serve(store=store)
        documents.append(sender.post(f"/voice/turn/{turn}", Digits=keys).text)
        assert sender.post(f"/voice/turn/{turn}", Digits=keys).text == documents[-1]
    assert counted(store, sender.call_sid)["transferred"] == 1


def test_equal_requests_at_once_to_two_processes(empty_url: str, tmp_path: Path) -> None:
    engine = open_database(empty_url)
    migrate(engine)
    engine.dispose()
    with Gunicorn(database=empty_url, log=tmp_path / "log") as server:
        validator = RequestValidator(AUTH_TOKEN)

        def post(path: str, **more: str) -> str:
            fields = {
                "AccountSid": ACCOUNT,
                "CallSid": "CA" + "7" * 32,
                "CallStatus": "in-progress",
                "From": "+12125550101",
                "To": "+18005284800",
                **more,
            }
            signature = validator.compute_signature(server.url + path, fields)
            answer = requests.post(server.url + path, fields, headers={"X-Twilio-Signature": signature}, timeout=15)
            assert answer.status_code == 200
            return answer.text

        steps = [(INCOMING, ""), ("/voice/turn/0", "1"), ("/voice/turn/1", "378282246310005"), ("/voice/turn/2", "*")]
        for path, keys in steps:
            answers = at_once(lambda path=path, keys=keys: post(path, Digits=keys), 8)  # type: ignore[misc]
            assert len(set(answers)) == 1
    calls = open_calls(empty_url)
    found = counted(calls, "CA" + "7" * 32)
    assert (found["arrived"], found["identified"], found["transferred"]) == (1, 1, 1)
    calls.close()
