"""A debrief to be read in a terminal."""

from collections.abc import Iterator

from ivr.call.events import Resolved
from ivr.training.debrief.facts import Debrief
from ivr.training.debrief.quoting import clock

__all__ = ["debrief_text"]


def debrief_text(debrief: Debrief, *, question: bool = True) -> str:
    """The whole debrief; without the question where it was asked already."""
    parts = [[debrief.question]] if question else []
    parts += [list(_score(debrief)), list(_facts(debrief)), list(_losses(debrief)), list(_ways(debrief))]
    parts.append([f"One thing to try: {debrief.try_next}"])
    return "\n\n".join("\n".join(part) for part in parts if part)


def _score(debrief: Debrief) -> Iterator[str]:
    score = debrief.score
    if score.failed:
        yield f"Failed outright: {', '.join(mark.name.lower() for mark in score.failed)}."
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
        yield f"  {clock(fact.at):>5}  -{fact.points:.0f}  {fact.name}: {fact.quoted}"
    if debrief.good:
        yield "What went well:"
    for fact in debrief.good:
        yield f"  {clock(fact.at):>5}  {fact.name}: {fact.quoted}"


def _losses(debrief: Debrief) -> Iterator[str]:
    regret = debrief.evidence.regret
    yield (
        f"Time: {regret.spent:.0f} seconds to the right desk; the best way takes about {regret.best:.0f}."
        if (regret.reached)
        else f"Time: {regret.spent:.0f} seconds, and nobody who can help; calling again takes {regret.again:.0f} more."
    )
    for cause, seconds in regret.by_cause.items():
        yield f"  {seconds:>5.0f} s  {cause.replace('-', ' ')}"


def _ways(debrief: Debrief) -> Iterator[str]:
    """The path along the tree, and beside it the best one."""
    yield "Your way:"
    for stop in debrief.way:
        yield f"  {clock(stop.at):>5}  {stop.place:<34}{stop.did}"
    yield f"The best way: dial {debrief.best_number}"
    for step in debrief.best.steps:
        yield f"  {clock(step.at):>5}  {step.place:<34}{step.does}"
