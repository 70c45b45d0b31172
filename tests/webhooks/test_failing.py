"""When something breaks: an apology and the same question, status 200, and nothing sensitive in the log."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from ivr.call import Switchboard
from ivr.call.events import Event
from ivr.flow.centre import ContactCentre
from ivr.harness.events import Failed
from ivr.stores.kept import KeptCall
from ivr.stores.memory import MemoryCalls
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import LOBBY, PracticeLine, Sender
from tests.webhooks.test_status import ends
from webhooks.closing import close

CARD = "378282246310005"


class Faulty(MemoryCalls):
    """A store that breaks while `broken`, quoting what it was given, as database errors do."""

    broken: bool = False
    unreadable: bool = False
    contested: bool = False

    def find(self, call_id: str) -> KeptCall | None:
        if self.unreadable:
            raise OSError(f"cannot read {call_id}, was going to tell {CARD}")
        return super().find(call_id)

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        if self.broken:
            raise OSError(f"cannot write {call.record} {CARD}")
        return not self.contested and super().save(call, answered=answered, events=events)


@pytest.fixture
def store(sender: Sender) -> Faulty:
    """What the line that `sender` calls is kept in."""
    faulty = Faulty()
    sender.serve(store=faulty)
    return faulty


def test_an_exception_costs_a_sentence_and_the_call_goes_on(sender: Sender, store: Faulty) -> None:
    sender.post("/voice/incoming")
    asked = sender.post("/voice/turn/0", Digits="3").text
    store.broken = True
    answer = sender.post("/voice/turn/1", Digits=CARD)
    assert (answer.status_code, answer.content_type) == (200, "text/xml; charset=utf-8")
    assert answer.text.endswith(asked.partition("<Response>")[2])
    assert "Sorry, something went wrong" in answer.text
    store.broken = False
    assert "four digit code" in sender.post("/voice/turn/1", Digits=CARD).text


def test_nothing_sensitive_is_logged_only_what_broke_and_where(
    sender: Sender, store: Faulty, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sender.post("/voice/incoming")
    sender.post("/voice/turn/0", Digits="3")
    store.broken = store.unreadable = True
    sender.post("/voice/turn/1", Digits=CARD)
    assert "'error': 'OSError', 'at': 'test_failing.py:" in caplog.text
    assert CARD not in caplog.text


def test_a_call_that_cannot_begin_is_tried_again_and_then_ends(sender: Sender, store: Faulty) -> None:
    store.broken = True
    assert "<Redirect" in sender.post("/voice/incoming").text
    assert "/voice/incoming?apologies=9" in sender.post("/voice/incoming?apologies=8").text
    last = sender.post("/voice/incoming?apologies=9")
    assert (last.status_code, "<Hangup" in last.text, "<Redirect" in last.text) == (200, True, False)


def test_a_broken_store_never_leaves_a_dead_line(line: Callable[..., PracticeLine]) -> None:
    store = Faulty()
    store.broken = store.unreadable = True
    call = line(store=store).call()
    assert call.ended
    assert all("/voice/status" in warning.text for warning in call.warnings)  # its end cannot be kept either
    assert call.heard[-1].endswith("Goodbye.")


def test_news_of_the_end_that_cannot_be_kept_is_asked_for_again(sender: Sender, store: Faulty) -> None:
    sender.post("/voice/incoming")
    store.broken = True
    assert (told := sender.post("/voice/status", CallStatus="completed")).status_code == 503
    assert told.text == ""
    store.broken = False
    assert sender.post("/voice/status", CallStatus="completed").status_code == 204
    assert ends(store, sender) == ["ended"]


class Stalled(MemoryCalls):
    """A store that fails so many times to keep the end of a call."""

    failures = 0

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        if call.ended and self.failures:
            self.failures -= 1
            raise OSError("no answer")
        return super().save(call, answered=answered, events=events)


@pytest.mark.parametrize(("failures", "kinds"), [(5, ["ended"]), (6, [])])
def test_twilio_tells_the_end_six_times(line: Callable[..., PracticeLine], failures: int, kinds: list[str]) -> None:
    store = Stalled()
    store.failures = failures
    practice = line(store=store)
    call = practice.call()
    call.hang_up()
    assert [kind for kind in practice.happened(call) if kind == "ended"] == kinds


def test_a_call_whose_end_was_never_told_is_closed_as_of_when_it_was_last_heard_of(
    line: Callable[..., PracticeLine], small: ContactCentre
) -> None:
    store = Stalled()
    store.failures = 6
    practice = line(store=store)
    call = practice.call()
    call.press("3").hang_up()
    before = store.find(call.sid)
    assert close(store, Switchboard(small), [call.sid, "CA0"]) == 1
    after = store.find(call.sid)
    assert before is not None
    assert after is not None
    assert (after.ended, after.at, after.version) == (True, before.at, before.version + 1)
    assert practice.happened(call)[-1] == "ended"
    assert close(store, Switchboard(small), [call.sid]) == 0


def test_a_call_that_nobody_can_read_any_more_is_closed_all_the_same(sender: Sender, store: Faulty) -> None:
    sender.post("/voice/incoming")
    kept = store.find(sender.call_sid)
    assert kept is not None
    store.save(replace(kept, version=2, record="{}"), answered=None, events=())
    assert sender.post("/voice/status", CallStatus="completed").status_code == 204
    assert (last := store.find(sender.call_sid)) is not None
    assert last.ended


def test_a_call_that_others_keep_updating_is_apologised_for(sender: Sender, store: Faulty) -> None:
    sender.post("/voice/incoming")
    store.contested = True
    assert "Sorry, something went wrong" in sender.post("/voice/turn/0", Digits="3").text


def test_the_fallback_asks_the_same_question_again(sender: Sender) -> None:
    sender.post("/voice/incoming")
    asked = sender.post("/voice/turn/0", Digits="3").text
    answer = sender.post("/voice/fallback", ErrorCode="11200", ErrorUrl="https://ivr.example.com/voice/turn/1")
    assert (answer.status_code, answer.text.endswith(asked.partition("<Response>")[2])) == (200, True)
    assert sender.post("/voice/incoming").text == asked


def test_the_fallback_of_a_call_that_never_began_begins_it(sender: Sender) -> None:
    assert "/voice/incoming?apologies=1" in sender.post("/voice/fallback", ErrorCode="11200").text


class Flaky:
    """The line behind a gateway that fails at some paths, a number of times each."""

    def __init__(self, app: Callable[..., object], **failures: int) -> None:
        self._app = app
        self._failures = {path.replace("_", "/"): times for path, times in failures.items()}

    def __call__(self, environ: dict[str, str], start_response: Callable[..., object]) -> object:
        path = environ["PATH_INFO"]
        if self._failures.get(path, 0) > 0:
            self._failures[path] -= 1
            start_response("502 Bad Gateway", [("Content-Type", "text/plain")])
            return [b"no"]
        return self._app(environ, start_response)


def test_through_the_phone_a_failed_turn_is_asked_again(line: Callable[..., PracticeLine]) -> None:
    practice = line()
    practice.app = Flaky(practice.app, _voice_turn_0=1)  # type: ignore[assignment]
    call = practice.call().press("3")
    assert [type(each) for each in call.warnings] == [Failed]
    assert call.just_heard.startswith("Sorry, something went wrong on our side.")
    assert "For a lost or stolen card, press 1." in call.just_heard
    assert call.press("3").just_heard == "Please key or say your practice card number."


def test_through_the_phone_a_failed_beginning_is_begun_again(line: Callable[..., PracticeLine]) -> None:
    practice = line()
    practice.app = Flaky(practice.app, _voice_incoming=1)  # type: ignore[assignment]
    call = practice.call(LOBBY)
    assert call.heard[0].startswith("Sorry")
    assert call.heard[-1].startswith("Key the number you would dial")


def test_a_clock_that_breaks_is_apologised_for_as_well(sender: Sender) -> None:
    times = iter([TUESDAY_MORNING] * 3)

    def clock() -> datetime:
        return next(times, None) or _broken()

    sender.serve(clock=clock)
    sender.post("/voice/incoming")
    answers = [sender.post(f"/voice/turn/{turn}", Digits="3") for turn in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3


def _broken() -> datetime:
    raise RuntimeError("no time")
