"""What a debrief says of what was lost and of what went well: each sentence is true of the call it is said of."""

from collections.abc import Sequence

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.earpiece import Earpiece
from ivr.call.events import Event
from ivr.call.handset import VirtualClock
from ivr.training.callers import By, HangUp, Press, Say, Temper
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import Debrief, spoken_debrief
from ivr.training.scoring import load_card
from tests.centre import shipped_centre
from tests.conftest import TUESDAY_MORNING
from tests.training.rehearsing import in_session, rehearsed, setting_out
from tests.training.straying import Straying, Takes

BOARD = Switchboard(shipped_centre(), debriefs=False)
COACH = TrainingCoach(BOARD.centre, load_card())


def talked_over(takes: Takes) -> Debrief:
    return COACH.talk_over(played(takes))


def played(takes: Takes) -> Sequence[Event]:
    plan = setting_out(BOARD, takes.scenario, takes.temper, takes.by)
    return in_session(BOARD, plan, takes.temper, caller=Straying(plan, takes), number=takes.number)


def lost(debrief: Debrief) -> dict[str, str]:
    """What each item that lost points quotes."""
    return {fact.name: fact.quoted for fact in debrief.facts}


@pytest.mark.parametrize(
    ("takes", "item", "quoted"),
    [
        pytest.param(
            Takes(temper=Temper.KEYWORDS), "Be polite", "you said neither please nor thank you", id="nothing polite"
        ),
        pytest.param(
            Takes(
                temper=Temper.KEYWORDS,
                at={"ask_name": (Say("Hello, Pat Sample, disputing a charge."),)},
            ),
            "Be polite",
            "you were polite (greeting), and that was all",
            id="a greeting only",
        ),
        pytest.param(
            Takes(scenario="dispute-unclear", at={"unclear:merchant": (Say("Iron Court."),)}),
            "Ask when something is unclear",
            "the name of the merchant was asked for in unclear words, and you did not ask what was meant",
            id="unclear",
        ),
        pytest.param(
            Takes(first=(HangUp(),)), "Get through to somebody who can help", "you hung up", id="hung up on the way"
        ),
        pytest.param(
            Takes(at={"detail:amount": (HangUp(),)}),
            "Bring the matter to its end",
            "the matter was not settled",
            id="hung up on a person",
        ),
        pytest.param(
            Takes(at={"anything_else": (Say("No, that's all. Goodbye."),)}),
            "Take the follow-up that the case needs",
            "you did not take the follow-up",
            id="no follow-up",
        ),
    ],
)
def test_what_was_lost_is_told_as_it_was(takes: Takes, item: str, quoted: str) -> None:
    assert lost(talked_over(takes))[item] == quoted


@pytest.mark.parametrize("by", ["speech", "keys"])
def test_what_went_well_is_something_that_was_done(by: By) -> None:
    debrief = talked_over(Takes(by=by))
    assert len(debrief.good) == 3
    assert not any("again" in fact.quoted or "asked for a representative" in fact.quoted for fact in debrief.good)
    assert "Lose little time on the way" not in [fact.name for fact in debrief.good]


def test_one_ask_in_vain_is_allowed_and_not_praised() -> None:
    debrief = talked_over(Takes(scenario="lost-card-refused", first=(Press("0"),)))
    mark = next(mark for mark in debrief.score.marks if mark.item == "no-pestering")
    assert (mark.earned, mark.events) == (mark.points, debrief.evidence.events[-1:])


def test_the_reason_why_most_points_went_is_a_sentence() -> None:
    assert (
        "Most points went because you gave no detail."
        in spoken_debrief(talked_over(Takes(temper=Temper.SILENT))).summary
    )


def test_dialling_the_right_number_in_the_lobby_is_no_wrong_number() -> None:
    """Another line of the directory may be quicker, by a topic that nobody would look for there."""
    by_cause = talked_over(Takes(scenario="dispute-rearranged")).evidence.regret.by_cause
    assert by_cause.get("wrong-number", 0.0) < 6.0  # what keying it takes above the star of the card's


class Thinking(Earpiece):
    """Somebody who looks for the number to dial first."""

    def __init__(self, session: CallSession, clock: VirtualClock) -> None:
        super().__init__(session, clock)
        self._looking = lambda: clock.advance(40)

    def press(self, keys: str) -> None:
        if len(keys) == 12:
            self._looking()
        super().press(keys)


def test_thinking_which_number_to_dial_is_not_searching_for_what_a_machine_asks() -> None:
    clock = VirtualClock(TUESDAY_MORNING)
    session = CallSession.arriving(BOARD, "lobby", call_id="CA1", seed=1, clock=clock)
    rehearsed(Thinking(session, clock), setting_out(BOARD, "activation", Temper.KEYWORDS), Temper.KEYWORDS)
    debrief = COACH.talk_over(session.events)
    (mark,) = [mark for mark in debrief.score.marks if mark.item == "entries-ready"]
    assert debrief.evidence.regret.by_cause["searching"] > 40
    assert mark.earned > 0


def test_asking_what_was_meant_is_no_searching() -> None:
    debrief = talked_over(Takes(scenario="dispute-unclear"))
    assert "Ask when something is unclear" not in lost(debrief)
    assert "Have every detail at hand" not in lost(debrief)


def test_who_hangs_up_on_the_way_is_told_to_stay_on_the_line() -> None:
    debrief = talked_over(Takes(first=(HangUp(),)))
    assert debrief.facts[0].quoted == "you hung up"
    assert debrief.try_next.startswith("Stay on the line.")


def test_a_reason_that_is_not_the_case_s_is_told_to_be_another() -> None:
    debrief = talked_over(Takes(at={"ask_name": (Say("This is Pat Sample, I want to book a trip."),)}))
    assert any(quoted.startswith("you gave another reason") for quoted in lost(debrief).values())
