"""Rehearsals over signed webhooks: every scenario, by callers of every temper, just as in the terminal's session."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from ivr.call import Switchboard
from ivr.harness import Call, Exchange, events
from ivr.stores.memory import MemoryCalls
from ivr.training.callers import By, Plan, Temper
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card
from tests.conftest import TUESDAY_MORNING
from tests.training.rehearsing import in_session, rehearsed, setting_out, timeless
from tests.training.test_callers import BOARD, SCENARIOS
from tests.webhooks.conftest import LOBBY, PracticeLine, line_on, settings_of

COACH = TrainingCoach(BOARD.centre, load_card())
COACHED = Switchboard(BOARD.centre, coach=COACH)


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


@pytest.fixture(scope="module")
def practice() -> PracticeLine:
    """One line for all rehearsals, one after the other: it plans each scenario once."""
    exchange = Exchange(began=TUESDAY_MORNING)
    settings = replace(settings_of(exchange), numbers={LOBBY: None})
    return line_on(exchange, settings, BOARD.centre, MemoryCalls())


def way(name: str, temper: Temper) -> By:
    """Who is prepared speaks in one scenario, and keys in the next."""
    return "keys" if temper is Temper.PREPARED and SCENARIOS.index(name) % 2 else "speech"


def over_twilio(practice: PracticeLine, plan: Plan, temper: Temper) -> float:
    """The score of a rehearsal, once both media have held the same one."""
    call = practice.call(LOBBY)
    rehearsed(TwilioPhone(call), plan, temper)
    happened = practice.events(call)
    assert timeless(happened) == timeless(in_session(COACHED, plan, temper)), temper
    assert call.warnings == (), temper
    return COACH.talk_over(happened).score.total


@pytest.mark.parametrize("name", SCENARIOS)
def test_both_media_hold_the_same_rehearsals_and_scores_come_in_order(practice: PracticeLine, name: str) -> None:
    scores = {
        temper: over_twilio(practice, setting_out(BOARD, name, temper, way(name, temper)), temper) for temper in Temper
    }
    best, *between, silent, random = scores.values()

    assert best > max(between)
    assert min(between) > silent > random


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
