"""Hints from the real coach, in the lobby."""

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.earpiece import Earpiece
from ivr.call.handset import VirtualClock
from tests.conftest import TUESDAY_MORNING
from tests.training.test_scores import coach


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("101", "A hint. Dial 1-800-528-4800."),
        ("201", "A hint. Dial the number on the back of the card: press star for it."),
    ],
)
def test_in_the_lobby_a_hint_names_the_number(code: str, hint: str) -> None:
    clock = VirtualClock(TUESDAY_MORNING)
    board = Switchboard(coach().board.centre, coach=coach())
    phone = Earpiece(CallSession.arriving(board, "lobby", call_id="CA1", seed=1, clock=clock), clock)

    phone.press(f"*{code}#")
    phone.press("2")
    phone.say("help")

    assert hint in phone.heard
