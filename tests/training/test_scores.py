"""Scores: the same for the same events; and what a debrief makes of them."""

from functools import cache
from pathlib import Path

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.events import Event, SecretGiven, event_from_json, event_to_json
from ivr.call.handset import VirtualClock
from ivr.call.pace import speaking_seconds
from ivr.call.record import Rehearsal
from ivr.cli.rehearsing.callers import let_play
from ivr.cli.transcript import JsonLines
from ivr.errors import FlowError
from ivr.training.callers import Temper, number_to_dial
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import LONGEST_SPOKEN, debrief_text, spoken_debrief
from ivr.training.scoring import Score, evidence_of, load_card, score_of
from tests.centre import shipped_centre


@cache
def coach() -> TrainingCoach:
    return TrainingCoach(shipped_centre(), load_card())


@cache
def attempt(scenario: str, temper: Temper) -> tuple[Event, ...]:
    """What happens when this caller plays a scenario."""
    centre = coach().board.centre
    case = centre.scenarios[scenario]
    clock = VirtualClock(case.at)
    session = CallSession.arriving(
        Switchboard(centre, debriefs=False),
        number_to_dial(temper, case),
        call_id="CA1",
        seed=case.seed,
        clock=clock,
        rehearsal=Rehearsal(scenario=scenario, scene=case.at.isoformat()),
    )
    let_play(temper, centre, session, clock, JsonLines(lambda line: None), case.seed)
    return tuple(session.events)


def scored(scenario: str, temper: Temper) -> Score:
    events = attempt(scenario, temper)
    planner = coach().plan(scenario)
    return score_of(coach().card, evidence_of(coach().board, events, planner))


def test_a_replay_gives_the_same_score() -> None:
    events = attempt("dispute", Temper.ZERO)
    stored = tuple(event_from_json(event_to_json(event)) for event in events)
    again = score_of(coach().card, evidence_of(coach().board, stored))

    assert again == scored("dispute", Temper.ZERO)


def test_a_code_given_away_fails_the_call() -> None:
    events = attempt("dispute", Temper.PREPARED)
    given = SecretGiven(at=events[-2].at, place=events[-2].place, secret="pin", asked=False)
    score = score_of(coach().card, evidence_of(coach().board, (*events[:-1], given, events[-1])))

    assert (score.total, [mark.item for mark in score.failed]) == (0, ["kept-secret"])
    assert not score.mastered


@pytest.mark.parametrize("temper", list(Temper))
def test_a_spoken_debrief_is_short(temper: Temper) -> None:
    spoken = spoken_debrief(coach().talk_over(attempt("dispute", temper)))

    assert speaking_seconds(spoken.summary) < LONGEST_SPOKEN
    assert spoken.summary.count("One thing to try") == 1
    assert all(": " in detail for detail in spoken.details)
    assert spoken.details[-1].startswith("The best way: Dial the number on the back of the card.")


def test_a_debrief_asks_first_and_quotes_the_call() -> None:
    text = debrief_text(coach().talk_over(attempt("dispute", Temper.ZERO)))

    assert text.startswith("Before the facts: what would you do differently")
    assert "you asked for a representative for the third time, and got one" in " ".join(text.split())
    assert text.splitlines()[-1].startswith("One thing to try: ")


def test_a_wrong_card_is_refused_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "scorecard.yaml").write_text(
        "sections:\n  a: {name: A, weight: 1, items: {charm: {name: Charm, try_next: Smile.}}}\n"
    )

    with pytest.raises(FlowError, match=r"scorecard\.yaml:2: .*charm"):
        load_card(tmp_path)
