"""What to keep from doing. Whoever does nothing at all does none of it either, and keeps these points."""

from collections.abc import Iterator

from ivr.call.events import (
    DetailGiven,
    EscapeAsked,
    Event,
    Filled,
    NameGiven,
    NotOnPracticeList,
    NotUnderstood,
    ReasonGiven,
    SecretAsked,
    SecretGiven,
    SupervisorAsked,
    VerifiedAgain,
)
from ivr.flow.nodes import Collect, Entry
from ivr.training.scoring.evidence import Evidence
from ivr.training.scoring.items.verdict import Verdict, halved_by, kept_from

__all__ = ["kept_secret", "no_pestering", "no_random_keys", "practice_numbers", "straight_answers"]


def no_random_keys(call: Evidence) -> Verdict:
    """Whether every key was one that was offered, and every entry one that could be meant."""
    return halved_by(call, tuple(event for event in call.all(NotUnderstood) if event.by == "keys"))


def straight_answers(call: Evidence) -> Verdict:
    """Whether people were told nothing that isn't so."""
    told = (call.all(NameGiven), call.all(ReasonGiven), call.all(VerifiedAgain), call.all(DetailGiven))
    return halved_by(call, tuple(event for each in told for event in each if not event.right))


def practice_numbers(call: Evidence) -> Verdict:
    """Whether no number came that is nobody's in this practice."""
    return halved_by(call, tuple(call.all(NotOnPracticeList)))


def no_pestering(call: Evidence) -> Verdict:
    """Whether no more than one ask for a person, or for somebody above them, was in vain."""
    refused = [event for event in call.all(EscapeAsked) if event.answer == "refused"]
    needless = [event for event in call.all(SupervisorAsked) if not call.wants_supervisor(event)]
    vain = (*refused, *needless)
    return kept_from(call, len(vain) > 1, vain)


def kept_secret(call: Evidence) -> Verdict | None:
    """Whether no person was told a PIN or a code, nor a line that is not for the matter."""
    given: tuple[Event, ...] = (*_codes_astray(call), *call.all(SecretGiven))
    asked = tuple(call.all(SecretAsked))
    if not given and not asked:
        return None
    return Verdict(float(not given), given or asked)


def _codes_astray(call: Evidence) -> Iterator[Filled]:
    """A machine may ask for a code; only those of a line that the scenario names should have it."""
    line, answering = call.dialled.line, call.planner.ground.answering
    if line in {answering(number)[0] for number in call.case.scenario.numbers}:
        return
    nodes = call.planner.ground.terrain(line).tree.nodes
    for event in call.all(Filled):
        node = nodes.get(event.place)
        if isinstance(node, Collect) and node.entry in (Entry.CARD_CODE, Entry.PIN):
            yield event
