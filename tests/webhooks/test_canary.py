"""A number planted in a call, by keys and by words, is found nowhere afterwards."""

import logging
from collections.abc import Callable

import pytest

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


def found(sinks: str) -> list[str]:
    """Whatever of the canary is there: five of its digits in a row, or four of its words."""
    digits = [CANARY[start : start + 5] for start in range(len(CANARY) - 4)]
    words = SPOKEN.split()
    phrases = [" ".join(words[start : start + 4]) for start in range(len(words) - 3)]
    return [piece for piece in digits + phrases if piece in sinks]
