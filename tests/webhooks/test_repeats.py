"""At least once, in any order: repeats, stale and unknown turns, and many requests at once."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ivr.flow.centre import load_centre
from ivr.stores.memory import MemoryCalls
from tests.conftest import SMALL, TUESDAY_MORNING
from tests.threads import at_once
from tests.webhooks.conftest import PracticeLine, Sender

INCOMING = "/voice/incoming"
KEYS = ("3", "378282246310005", "1234", "2")


def walk(sender: Sender) -> list[str]:
    """A whole call: the documents answered, the first of them to its arrival."""
    documents = [sender.post(INCOMING, CallStatus="ringing").text]
    documents += [sender.post(f"/voice/turn/{turn}", Digits=keys).text for turn, keys in enumerate(KEYS)]
    return documents


def test_every_answer_carries_the_next_turn(sender: Sender) -> None:
    for turn, document in enumerate(walk(sender)):
        assert f'action="https://ivr.example.com/voice/turn/{turn}"' in document


def test_a_turn_answered_before_gets_the_very_same_document(sender: Sender) -> None:
    documents = walk(sender)
    for turn, keys in enumerate(KEYS):
        assert sender.post(f"/voice/turn/{turn}", Digits=keys).text == documents[turn + 1]


def test_a_stale_turn_never_moves_the_call(sender: Sender) -> None:
    documents = walk(sender)
    sender.post("/voice/turn/0", Digits="1")
    assert sender.post(INCOMING).text == documents[-1]


def test_a_turn_too_old_to_be_kept_gets_the_question_of_now(sender: Sender) -> None:
    sender.serve(store=MemoryCalls(most_answers=1))
    documents = walk(sender)
    assert sender.post("/voice/turn/0", Digits="3").text == documents[-1]


def test_a_repeated_first_request_asks_the_question_of_now(sender: Sender) -> None:
    documents = walk(sender)
    assert sender.post(INCOMING, CallStatus="ringing").text == documents[-1]


def test_a_turn_that_was_never_asked_gets_an_apology_and_the_question_of_now(sender: Sender) -> None:
    documents = walk(sender)
    answer = sender.post("/voice/turn/99", Digits="1").text
    assert "Sorry, something went wrong" in answer
    assert answer.endswith(documents[-1].partition("<Response>")[2])
    assert sender.post(INCOMING).text == documents[-1]


def test_an_unknown_call_begins_anew_and_counts_on(sender: Sender) -> None:
    answer = sender.post("/voice/turn/7", Digits="1").text
    assert "Sorry, we lost track of your call." in answer
    assert "This is a practice line." in answer
    assert "/voice/turn/8" in answer
    assert sender.post("/voice/turn/7", Digits="1").text == answer
    assert "Please key or say" in sender.post("/voice/turn/8", Digits="3").text


def test_a_record_that_nobody_can_read_begins_anew_and_counts_on(sender: Sender) -> None:
    store = MemoryCalls()
    sender.serve(store=store)
    walk(sender)
    kept = store.find(sender.call_sid)
    assert kept is not None
    broken = replace(kept, version=kept.version + 1, record='{"format": 0}')
    store.save(broken, answered=None, events=())
    answer = sender.post("/voice/turn/4", Digits="1").text
    assert "Sorry, we lost track of your call." in answer
    assert "/voice/turn/5" in answer


def test_a_call_that_has_ended_stays_ended(sender: Sender) -> None:
    sender.post(INCOMING)
    sender.post("/voice/turn/0", Digits="4")  # general inquiries answer at once
    goodbye = sender.post("/voice/turn/1").text
    assert "<Hangup" in goodbye
    for path in ("/voice/turn/1", "/voice/turn/2", "/voice/turn/9", INCOMING):
        assert sender.post(path, Digits="1").text == goodbye


def test_equal_requests_at_once_have_one_effect_and_equal_answers(sender: Sender) -> None:
    store = MemoryCalls()
    sender.serve(store=store)
    for turn, keys in [(None, ""), *enumerate(KEYS)]:
        path = INCOMING if turn is None else f"/voice/turn/{turn}"
        answers = at_once(lambda path=path, keys=keys: sender.post(path, Digits=keys).text, 8)  # type: ignore[misc]
        assert len(set(answers)) == 1
    kinds = [event.kind for event in store.events(sender.call_sid)]
    assert (kinds.count("arrived"), kinds.count("heard"), kinds.count("transferred")) == (1, 4, 1)


def test_shuffled_repeats_are_answered_as_they_were_and_applied_once(sender: Sender) -> None:
    chance = random.Random(1)
    for number in range(20):
        store = MemoryCalls()
        sender.serve(store=store)
        sender.call_sid = f"CA{number:032x}"
        documents = walk(sender)
        repeats = [turn for turn in range(len(KEYS)) for _ in range(chance.randint(1, 5))]
        chance.shuffle(repeats)
        for turn in repeats:
            assert sender.post(f"/voice/turn/{turn}", Digits=KEYS[turn]).text == documents[turn + 1]
        assert [event.kind for event in store.events(sender.call_sid)].count("heard") == 4


@pytest.mark.parametrize(
    ("after", "late"),
    [
        pytest.param(timedelta(seconds=0.4), True, id="at once"),
        pytest.param(timedelta(seconds=2), True, id="just in time"),
        pytest.param(timedelta(seconds=2.1), False, id="too late to be a habit"),
        pytest.param(timedelta(), False, id="on a clock that stands"),
    ],
)
@pytest.mark.parametrize("heard", [{"Digits": "#"}, {"Digits": "", "FinishedOnKey": "#"}])
def test_a_finish_key_after_a_full_entry_belongs_to_it(
    sender: Sender, after: timedelta, late: bool, heard: dict[str, str]
) -> None:
    clock = Clock()
    sender.serve(clock=clock)
    sender.post(INCOMING)
    sender.post("/voice/turn/0", Digits="3")
    asked = sender.post("/voice/turn/1", Digits="378282246310005").text
    clock.now += after
    assert (sender.post("/voice/turn/2", **heard).text == asked) is late


@pytest.mark.parametrize("heard", [{}, {"Digits": ""}, {"Digits": "1"}, {"SpeechResult": "repeat"}])
def test_anything_else_after_a_full_entry_is_an_answer_however_soon(sender: Sender, heard: dict[str, str]) -> None:
    clock = Clock()
    sender.serve(clock=clock)
    sender.post(INCOMING)
    sender.post("/voice/turn/0", Digits="3")
    asked = sender.post("/voice/turn/1", Digits="378282246310005").text
    clock.now += timedelta(seconds=0.1)
    assert sender.post("/voice/turn/2", **heard).text != asked


class Clock:
    """A clock that a test moves."""

    now: datetime = TUESDAY_MORNING

    def __call__(self) -> datetime:
        return self.now


def test_a_callers_key_after_a_full_entry_through_the_phone(line: Callable[..., PracticeLine]) -> None:
    practice = line()
    call = practice.call().press("3").press("378282246310005").press("1234#")
    assert call.just_heard.endswith("Lost card 1, travel 2, identify 3, other 4.")
    assert "universal-asked" not in practice.happened(call)


def test_a_call_whose_line_has_changed_lands_at_its_start_and_is_told_so(
    sender: Sender, folder_with: Callable[..., Path]
) -> None:
    store = MemoryCalls()
    sender.serve(store=store)
    sender.post(INCOMING)
    sender.post("/voice/turn/0", Digits="3")
    text = (SMALL / "lines" / "main.yaml").read_text()
    sender.centre = load_centre(folder_with(lines__main=text.replace("press 1", "press one")))
    sender.serve(store=store)  # as after a restart, with the file changed
    answer = sender.post("/voice/turn/1", Digits="378282246310005").text
    assert "This line has changed since you called" in answer
    assert sender.post("/voice/turn/1", Digits="378282246310005").text == answer
    assert "line-changed" in [event.kind for event in store.events(sender.call_sid)]
    assert "<Gather" in sender.post("/voice/turn/2", Digits="3").text
