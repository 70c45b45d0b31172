"""Each item of the shipped scorecard has a call that earns it and a call that loses it, both through the session."""

import pytest

from ivr.training.callers import HangUp, Press, Say, Temper, Wait
from ivr.training.scoring import Mark, load_card
from tests.centre import shipped_board
from tests.training.rehearsing import in_session, scored, setting_out
from tests.training.straying import Straying, Takes

BOARD = shipped_board()
BEST = Takes()
SAME_AGAIN = Say("Could you say that again?")

CALLS: dict[str, tuple[Takes, Takes]] = {
    "right-number": (BEST, Takes(number="1-800-297-2977")),
    "best-number": (Takes(scenario="lost-card"), Takes(scenario="lost-card", number="1-800-528-2122")),
    "details-at-hand": (BEST, Takes(at={"detail:merchant": (Say("Hold on a moment."), Wait())})),
    "details-complete": (BEST, Takes(at={"detail:merchant": (Say("I don't have that."),)})),
    "entries-ready": (
        Takes(temper=Temper.KEYWORDS),
        Takes(temper=Temper.KEYWORDS, first=(Say("dispute a charge"), Press("1234#"))),
    ),
    "reached": (BEST, Takes(first=(Press("1"), Press("0"), Press("0"), Press("0")))),
    "not-given-up": (BEST, Takes(first=(HangUp(),))),
    "wrong-turns": (BEST, Takes(first=(Press("3"), Say("main menu"), Press("4"), Say("main menu")))),
    "clear-speech": (BEST, Takes(first=(Say("purple monkey dishwasher"),))),
    "answers-in-time": (BEST, Takes(first=(Wait(),))),
    "quick-way": (Takes(scenario="lost-card"), Takes(scenario="lost-card", first=(Wait(), Wait()))),
    "no-random-keys": (BEST, Takes(first=(Press("9"),))),
    "straight-answers": (BEST, Takes(at={"ask_name": (Say("This is Pat Sample, I want to book a trip."),)})),
    "practice-numbers": (BEST, Takes(at={"ask_card_ending": (Say("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"),)})),
    "no-pestering": (
        Takes(scenario="lost-card-refused"),
        Takes(scenario="lost-card-refused", first=(Say("representative"),) * 3),
    ),
    "kept-secret": (
        Takes(scenario="fraud-code"),
        Takes(scenario="fraud-code", at={"ask_secret": (Say("7 3 7 1"),)}),
    ),
    "name-first": (BEST, Takes(at={"ask_name": (Say("It's about disputing a charge."),)})),
    "reason-first": (BEST, Takes(at={"ask_name": (Say("This is Pat Sample."),)})),
    "courtesy": (BEST, Takes(temper=Temper.KEYWORDS)),
    "verified": (BEST, Takes(at={"ask_zip": (Say("9 9 9 9 9"),)})),
    "asked-back": (
        Takes(scenario="dispute-unclear"),
        Takes(scenario="dispute-unclear", at={"unclear:merchant": (Say("Iron Court."),)}),
    ),
    "supervisor": (
        Takes(scenario="dispute-supervisor"),
        Takes(scenario="dispute-supervisor", at={"out_of_reach": (Say("Well, then not."),) * 3}),
    ),
    "within-time": (BEST, Takes(at={"anything_else": (SAME_AGAIN,) * 20})),
    "resolved": (BEST, Takes(at={"detail:amount": (HangUp(),)})),
    "noted-name": (BEST, Takes(at={"ask_representative": (Say("I don't know."), Say("I don't know."))})),
    "noted-reference": (BEST, Takes(at={"ask_reference": (Press("*"),)})),
    "noted-date": (
        Takes(scenario="dispute-misrouted"),
        Takes(scenario="dispute-misrouted", at={"ask_date": (Say("July 4"),)}),
    ),
    "followed-up": (BEST, Takes(at={"anything_else": (Say("No, that's all. Goodbye."),)})),
    "closed": (BEST, Takes(at={"ask_zip": (HangUp(),)})),
}
"""By item: a call that earns all of it, and a call that loses some of it, or all."""


@pytest.mark.parametrize("item", load_card().items)
def test_an_item_is_earned_by_one_call_and_lost_by_another(item: str) -> None:
    earning, losing = (mark(item, takes) for takes in CALLS[item])

    assert earning.earned == earning.points
    assert losing.earned < losing.points
    assert earning.events
    assert losing.events


def mark(item: str, takes: Takes) -> Mark:
    """What a call had of an item, which has to apply."""
    plan = setting_out(BOARD, takes.scenario, takes.temper, takes.by)
    events = in_session(BOARD, plan, takes.temper, caller=Straying(plan, takes), number=takes.number)
    (found,) = [mark for mark in scored(BOARD, takes.scenario, events).marks if mark.item == item]
    return found


@pytest.mark.parametrize("item", ["reached", "not-given-up"])
def test_what_arriving_lost_by_answers_that_missed_rests_on_those(item: str) -> None:
    found = mark(item, Takes(first=(Wait(),)))

    assert 0 < found.earned < found.points
    assert [event.kind for event in found.events] == ["silent"]
