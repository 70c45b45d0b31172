"""A debrief to be read in a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from ivr.call.events import Resolved
from ivr.training.debrief.drawn import LEGEND, drawn
from ivr.training.debrief.facts import CAUSES, Debrief
from ivr.training.debrief.quoting import clock
from ivr.training.debrief.tree import both_ways

__all__ = ["COUNTED", "WIDTH", "debrief_text"]

WIDTH = 80
"""Columns that any terminal has."""
COUNTED = "The telephone was quicker than speech: seconds are those of the words, keys and holds."
WORTH_SHOWING = 0.5
"""Seconds: less would be shown as 0."""


def debrief_text(debrief: Debrief, *, question: bool = True, width: int = WIDTH) -> str:
    """The whole debrief in lines of at most `width` columns; without the question where it was asked already."""
    parts = [[debrief.question]] if question else []
    parts += [list(part) for part in (_score(debrief), _facts(debrief), _losses(debrief))]
    parts.append([f"On the tree:   {LEGEND}", *drawn(both_ways(debrief.evidence, debrief.best_number), width)])
    parts.append([f"One thing to try: {debrief.try_next}"])
    return "\n\n".join("\n".join(line for each in part for line in _fitting(each, width)) for part in parts if part)


def _fitting(line: str, width: int) -> list[str]:
    """A line that is too long goes on below its own text."""
    if len(line) <= width:
        return [line]
    lead = len(line) - len(line.lstrip(" 0123456789:-"))
    return wrap(line, width, subsequent_indent=" " * lead, break_long_words=False)


def _score(debrief: Debrief) -> Iterator[str]:
    score = debrief.score
    if score.failed:
        fatal = debrief.facts[0]
        yield f"Failed outright, 0 of 100: at {clock(fatal.at)} {fatal.quoted}."
    else:
        yield f"Score: {score.total:.0f} of 100{', mastered' if score.mastered else ''}."
    settled = any(event.complete for event in debrief.evidence.all(Resolved))
    yield "The matter is settled." if settled else "The matter is not settled."
    for name, percent in score.sections.items():
        yield f"  {name:<12}{percent:>4.0f} %  {'█' * round(percent / 5)}"


def _facts(debrief: Debrief) -> Iterator[str]:
    if debrief.facts:
        yield "What cost points:"
    for fact in debrief.facts:
        yield f"  {clock(fact.at):>5}  -{fact.points:<4.0f}{fact.name}: {fact.quoted}"
    if debrief.good:
        yield "What went well:"
    for fact in debrief.good:
        yield f"  {clock(fact.at):>5}  {fact.name}: {fact.quoted}"


def _losses(debrief: Debrief) -> Iterator[str]:
    regret = debrief.evidence.regret
    if debrief.reached:
        yield f"Time: {regret.spent:.0f} seconds {debrief.reached}; the best way takes about {regret.best:.0f}."
    else:
        yield f"Time: {regret.spent:.0f} seconds, and nobody who can help; calling again takes {regret.again:.0f} more."
    if not debrief.evidence.timed:
        yield COUNTED
    lost = {cause: seconds for cause, seconds in regret.by_cause.items() if seconds >= WORTH_SHOWING}
    if lost:
        yield "Lost by:"
    for cause, seconds in lost.items():
        yield f"  {seconds:>5.0f} s  {CAUSES[cause]}"
