"""After the call: the learner's own view first, then the facts."""

import click

from ivr.call import CallSession
from ivr.cli.columns import terminal_width
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import WIDTH, debrief_text

__all__ = ["debrief"]


def debrief(coach: TrainingCoach, session: CallSession, *, ask: bool) -> None:
    """Tells how it went; where somebody is there to be asked, what they would do differently comes before."""
    if ask:
        _own_view()
    click.secho("\nHow it went", bold=True)
    width = min(WIDTH, terminal_width() or WIDTH)
    click.echo(debrief_text(coach.talk_over(session.events), question=False, width=width))


def _own_view() -> None:
    try:
        click.prompt("\nWhat would you do differently?", default="", show_default=False, prompt_suffix="\n> ", err=True)
    except (EOFError, click.Abort):
        click.echo(err=True)
