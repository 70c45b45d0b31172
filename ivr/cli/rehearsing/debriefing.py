"""After the call: the learner's own view first, then the facts."""

from collections.abc import Iterator

import click

from ivr.call import CallSession
from ivr.call.events import (
    ConversationEnded,
    DetailGiven,
    Event,
    FollowUpTaken,
    HandedOver,
    NoteTaken,
    NotUnderstood,
    Resolved,
    SecretGiven,
    Silent,
)
from ivr.flow.centre import ContactCentre
from ivr.flow.rehearsal import Scenario

__all__ = ["debrief"]


def debrief(centre: ContactCentre, session: CallSession, *, ask: bool) -> None:
    """Tells how it went; where somebody is there to be asked, what they would do differently comes before."""
    rehearsal = session.record.rehearsal
    assert rehearsal is not None
    if ask:
        _own_view()
    click.secho("\nHow it went", bold=True)
    for line in _facts(centre.scenarios[rehearsal.scenario], session.events):
        click.echo(f"  {line}")


def _own_view() -> None:
    try:
        click.prompt("\nWhat would you do differently?", default="", show_default=False, prompt_suffix="\n> ", err=True)
    except (EOFError, click.Abort):
        click.echo(err=True)


def _facts(scenario: Scenario, events: list[Event]) -> Iterator[str]:
    ended = [event for event in events if isinstance(event, ConversationEnded)]
    settled = any(event.complete for event in events if isinstance(event, Resolved))
    yield "The matter is settled." if settled else "The matter is not settled."
    seconds = (ended[0].at - events[0].at).total_seconds() if ended else (events[-1].at - events[0].at).total_seconds()
    yield f"It took {seconds:.0f} seconds, of {scenario.limits.seconds:.0f} that are enough."
    moves = [event for event in events if isinstance(event, HandedOver) and event.fault == "caller"]
    yield from (f"You reached {event.department}, which had to put you through to {event.to}." for event in moves)
    unheard = sum(isinstance(event, NotUnderstood | Silent) for event in events)
    if unheard:
        yield f"{unheard} times you weren't understood, or said nothing."
    yield from _with_the_person(scenario, events)


def _with_the_person(scenario: Scenario, events: list[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case SecretGiven():
                yield f"You told a {event.secret.replace('_', ' ')} to a person. Never do that."
            case DetailGiven(right=False):
                yield f"The {event.detail.replace('_', ' ')} you gave was not the right one."
            case DetailGiven() if event.seconds > SEARCHING:
                yield f"You looked for the {event.detail.replace('_', ' ')} for {event.seconds:.0f} seconds."
            case NoteTaken(right=False):
                yield f"You didn't have the {event.note} right in your notes."
    taken = {event.follow_up for event in events if isinstance(event, FollowUpTaken)}
    for follow_up in scenario.follow_ups:
        if follow_up not in taken:
            yield f"Afterwards the case needs this: {follow_up}. You left it out."


SEARCHING = 12.0
"""Seconds: who takes longer to answer did not have it ready."""
