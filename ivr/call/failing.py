"""Failures: a rung of the ladder each, and the call's own limit over them all."""

from typing import Literal

from ivr.call.progress import Progress
from ivr.call.turn import Turn
from ivr.call.walking import ask, settle

__all__ = ["fail", "limit_reached"]


def fail(progress: Progress, failure: Literal["no_input", "no_match"]) -> Turn:
    """The next rung: a reprompt, or the ladder's end; the call's limit comes before either."""
    record = progress.record
    record.failures += 1
    if failure == "no_input":
        record.no_inputs += 1
    else:
        record.no_matches += 1
    if limit_reached(progress):
        progress.go("limit_reached")
        return settle(progress)
    ladder = progress.tree.ladder(progress.place, failure)
    rung = record.no_inputs if failure == "no_input" else record.no_matches
    if ladder is None or rung > len(ladder.reprompts):
        progress.go(failure)
        return settle(progress)
    progress.say(ladder.reprompts[rung - 1])
    return ask(progress, again=True)


def limit_reached(progress: Progress) -> bool:
    """Whether the call has failed too often. It counts once: where it leads then has ladders of its own."""
    record, limit = progress.record, progress.tree.line.limit
    if limit is None or record.limit_passed or record.failures < limit.failures:
        return False
    record.limit_passed = True
    return True
