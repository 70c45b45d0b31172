"""A number planted in a call, by keys and by words, is found nowhere afterwards."""

import logging
from collections.abc import Callable

import pytest

from ivr.flow.centre import ContactCentre
from ivr.harness import Call
from ivr.stores.memory import MemoryCalls
from tests.webhooks.conftest import LOBBY, PracticeLine

CANARY = "4929381746250837"
SPOKEN = "four nine two nine three eight one seven four six two five zero eight three seven"


def press_whole(call: Call) -> None:
    call.press(CANARY)


def press_slowly(call: Call) -> None:
    for key in CANARY:
        if not call.ended:
            call.press(key)


def say_digits(call: Call) -> None:
    call.say(CANARY)


def say_words(call: Call) -> None:
    call.say(SPOKEN)


@pytest.mark.parametrize("plant", [press_whole, press_slowly, say_digits, say_words])
@pytest.mark.parametrize("before", ["", "press 3", "press 3; press 378282246310005", "press 1", "say lost card @0.5"])
@pytest.mark.parametrize("to", ["+18005282122", LOBBY])
def test_a_planted_number_is_kept_nowhere(
    line: Callable[..., PracticeLine],
    caplog: pytest.LogCaptureFixture,
    plant: Callable[[Call], None],
    before: str,
    to: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    practice = line()
    call = practice.call(to)
    if before:
        call.follow(before)
    if not call.ended:
        plant(call)
    assert isinstance(practice.store, MemoryCalls)
    kept = practice.store.find(call.sid)
    sinks = f"{caplog.text} {kept} {practice.store.events(call.sid)} {[request.body for request in call.requests]}"
    assert not found(sinks)


TO_SOMEBODY = "press *101#; press 2; press 18005284800; press 1; press *; press *; press *; wait; wait; wait"
NAMED = "say This is Pat Sample, I lost my card"
WHO = f"{NAMED}; press 0005; press 00101"
WHOLE = f"{WHO}; say today; say Corner Cafe"


@pytest.mark.parametrize("plant", [press_whole, press_slowly, say_digits, say_words])
@pytest.mark.parametrize("before", ["", NAMED, WHO, WHOLE, f"{WHOLE}; press #", f"{WHOLE}; press #; press 1"])
def test_a_number_planted_in_a_rehearsal_is_kept_nowhere(
    line: Callable[..., PracticeLine],
    shipped: ContactCentre,
    caplog: pytest.LogCaptureFixture,
    plant: Callable[[Call], None],
    before: str,
) -> None:
    """At the name, the proof, a detail, the close, the name noted and the number noted."""
    caplog.set_level(logging.DEBUG)
    practice = line(shipped, numbers={LOBBY: None})
    call = practice.call(LOBBY).follow(TO_SOMEBODY)
    assert "representative-answered" in practice.happened(call)
    call.follow(before or "wait")
    assert not call.ended
    plant(call)
    assert isinstance(practice.store, MemoryCalls)
    kept = practice.store.find(call.sid)
    sinks = f"{caplog.text} {kept} {practice.store.events(call.sid)} {[request.body for request in call.requests]}"
    assert not found(sinks)


@pytest.mark.parametrize("secret", ["press 2580", "say my PIN is 2580", "say two five eight oh", "say it is 1 2 3 4"])
def test_a_secret_told_to_a_person_is_kept_nowhere(
    line: Callable[..., PracticeLine], shipped: ContactCentre, secret: str
) -> None:
    practice = line(shipped, numbers={LOBBY: None})
    call = practice.call(LOBBY).follow(f"{TO_SOMEBODY}; say Pat Sample, I lost my card; {secret}")
    assert isinstance(practice.store, MemoryCalls)
    sinks = f"{practice.store.find(call.sid)} {practice.store.events(call.sid)} {[each.body for each in call.requests]}"

    assert "secret-given" in practice.happened(call)
    assert not [told for told in ("2580", "1234", "two five eight", "1 2 3 4") if told in sinks]


def found(sinks: str) -> list[str]:
    """Whatever of the canary is there: five of its digits in a row, or four of its words."""
    digits = [CANARY[start : start + 5] for start in range(len(CANARY) - 4)]
    words = SPOKEN.split()
    phrases = [" ".join(words[start : start + 4]) for start in range(len(words) - 3)]
    return [piece for piece in digits + phrases if piece in sinks]
