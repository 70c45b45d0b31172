"""Rehearsals over signed webhooks: every scenario, by callers of every temper, just as in the terminal's session."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ivr.harness import Call, events
from ivr.training.callers import Temper
from tests.training.rehearsing import in_session, plan_of, rehearsed, timeless
from tests.training.test_callers import BOARD, SCENARIOS
from tests.webhooks.conftest import LOBBY, PracticeLine

TEMPERS = list(Temper)
PAIRS = [(name, TEMPERS[index % len(TEMPERS)]) for index, name in enumerate(SCENARIOS)]
PAIRS += [("dispute", temper) for temper in TEMPERS]
"""Every scenario once, the tempers in turn; and one scenario with all of them."""


@dataclass
class TwilioPhone:
    """A telephone at Twilio's other end."""

    call: Call

    @property
    def heard(self) -> str:
        return self.call.just_heard

    @property
    def over(self) -> bool:
        return self.call.ended

    @property
    def on_hold(self) -> bool:
        """What a caller on hold hears last is music."""
        return isinstance(self.call.transcript[-1], events.Played)

    def press(self, keys: str) -> None:
        self.call.press(keys)

    def say(self, words: str) -> None:
        self.call.say(words, confidence=1.0)

    def wait(self) -> None:
        self.call.wait()

    def hang_up(self) -> None:
        self.call.hang_up()


@pytest.mark.parametrize(("name", "temper"), dict.fromkeys(PAIRS), ids=lambda value: str(value))
def test_both_media_hold_the_same_rehearsal(line: Callable[..., PracticeLine], name: str, temper: Temper) -> None:
    practice = line(BOARD.centre, numbers={LOBBY: None})
    call = practice.call(LOBBY)
    by = "keys" if temper is Temper.PREPARED and SCENARIOS.index(name) % 2 else "speech"
    plan = plan_of(BOARD, name, "keys" if by == "keys" else "speech")

    rehearsed(TwilioPhone(call), plan, temper)

    assert timeless(practice.events(call)) == timeless(in_session(BOARD, plan, temper))
    assert call.warnings == ()


def test_a_finish_key_out_of_habit_belongs_to_the_entry_it_ends(line: Callable[..., PracticeLine]) -> None:
    """An entry of four digits is full before its pound, which the next question would take for an answer."""
    practice = line(BOARD.centre, numbers={LOBBY: None})
    call = practice.call(LOBBY)
    call.follow("press *101#; press 2; press 18005284800#; press 1; press *; press *; press *; wait; wait; wait")
    call.follow("say Pat Sample, I lost my card; press 0005#; press 00101#")

    happened = practice.happened(call)
    assert happened.count("verified-again") == 2
    assert "detail-missing" not in happened
    assert happened[-2:] == ["detail-asked", "said"]
