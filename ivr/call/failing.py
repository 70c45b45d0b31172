"""Failures: a rung of the ladder each, and the call's own limit over them all."""

from typing import Literal

from ivr.call.progress import Progress
from ivr.call.turn import Turn
from ivr.call.walking import ask, settle
from ivr.flow.nodes import Transfer
from ivr.flow.tree import place_of

__all__ = ["fail", "limit_reached"]


def fail(progress: Progress, failure: Literal["no_input", "no_match"]) -> Turn:
    """The next rung: a reprompt, or the ladder's end; the call's limit comes before either."""
    record = progress.record
    record.failures += 1
    if failure == "no_input":
        record.no_inputs += 1
    else:
        record.no_matches += 1
    if not _leads_back(progress) and limit_reached(progress):
        progress.go("limit_reached")
        return settle(progress)
    ladder = progress.tree.ladder(progress.place, failure)
    rung = record.no_inputs if failure == "no_input" else record.no_matches
    if ladder is None or rung > len(ladder.reprompts):
        progress.go(failure)
        return settle(progress)
    progress.say(ladder.reprompts[rung - 1])
    return ask(progress, again=True)


def _leads_back(progress: Progress) -> bool:
    """Whether the limit leads to a department that this call found closed: the ladder at hand ends sooner."""
    limit, tree = progress.tree.line.limit, progress.tree
    node = tree.nodes[place_of(tree.line.flow, limit.then)] if limit else None
    return isinstance(node, Transfer) and node.department == progress.record.closed


def limit_reached(progress: Progress) -> bool:
    """Whether the call has failed too often. It counts once: where it leads then has ladders of its own."""
    record, limit = progress.record, progress.tree.line.limit
    if limit is None or record.limit_passed or record.failures < limit.failures:
        return False
    record.limit_passed = True
    return True
