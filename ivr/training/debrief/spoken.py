"""A debrief to be heard: less than half a minute, with details by key."""

from ivr.call.coaching import SpokenDebrief
from ivr.call.pace import speaking_seconds
from ivr.training.debrief.facts import Debrief, Fact
from ivr.training.debrief.quoting import spelt

__all__ = ["LONGEST_SPOKEN", "spoken_debrief"]

LONGEST_SPOKEN = 30.0
"""Seconds: what is heard is not remembered beyond."""
MOST_DETAILS = 4


def spoken_debrief(debrief: Debrief) -> SpokenDebrief:
    """The score, what cost most, and one thing to try; what does not fit is left for the keys."""
    first, *others = _sentences(debrief)
    last = f"One thing to try: {debrief.try_next}"
    kept = [first]
    for sentence in others:
        if speaking_seconds(" ".join([*kept, sentence, last])) < LONGEST_SPOKEN:
            kept.append(sentence)
    return SpokenDebrief(summary=" ".join([*kept, last]), details=tuple(_details(debrief)))


def _sentences(debrief: Debrief) -> list[str]:
    score, regret = debrief.score, debrief.evidence.regret
    found = [f"Your score is {score.total:.0f} of 100."]
    if score.failed:
        found = [f"This call failed, because {_told(debrief.facts[0])}."]
    if debrief.evidence.left_word:
        found.append(f"You left word in {regret.spent:.0f} seconds. The best way takes {regret.best:.0f}.")
    elif regret.reached:
        found.append(f"You reached the right desk in {regret.spent:.0f} seconds. The best way takes {regret.best:.0f}.")
    else:
        found.append("You didn't reach anybody who can help.")
    if debrief.losses:
        worst = debrief.losses[0]
        found.append(f"What cost most was {worst.name}, {worst.lost:.0f} seconds.")
    if debrief.facts and not score.failed:
        found.append(f"Most points went because {_told(debrief.facts[0])}.")
    return found


def _details(debrief: Debrief) -> list[str]:
    """Each with its title before a colon."""
    points = [f"{_title(fact.name)}: At {_minutes(fact.at)}, {fact.quoted}." for fact in debrief.facts[:MOST_DETAILS]]
    way = " Then ".join((f"Dial {spelt(debrief.best_number)}.", *(f"{step.does}." for step in debrief.best.steps)))
    return [*points, f"The best way: {way}"]


def _title(name: str) -> str:
    return name.replace(":", ",")


def _told(fact: Fact) -> str:
    return fact.quoted


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} minutes {rest}" if minutes else f"{rest} seconds"
