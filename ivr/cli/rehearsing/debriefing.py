"""After the call: the learner's own view first, then how it went."""

import click

from ivr.call import CallSession
from ivr.call.events import Event
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import debrief_of, debrief_text
from ivr.training.scoring import evidence_of, score_of

__all__ = ["debrief"]


def debrief(coach: TrainingCoach, session: CallSession, *, ask: bool) -> None:
    """Tells how it went; where somebody is there to be asked, what they would do differently comes before."""
    if ask:
        _own_view()
    rehearsal = session.record.rehearsal
    assert rehearsal is not None
    click.echo()
    click.echo(text_of(coach, session.events, rehearsal.scenario))


def text_of(coach: TrainingCoach, events: list[Event], scenario: str) -> str:
    """The whole debrief of a rehearsal, without the question that was asked before it."""
    evidence = evidence_of(coach.board, events, coach.plan(scenario))
    return debrief_text(debrief_of(evidence, score_of(coach.card, evidence)), question=False)


def _own_view() -> None:
    try:
        click.prompt("\nWhat would you do differently?", default="", show_default=False, prompt_suffix="\n> ", err=True)
    except (EOFError, click.Abort):
        click.echo(err=True)
