"""Asking for a representative: honoured, refused or led round first, as the policy in force says."""

from typing import Literal

from ivr.call.events import EscapeAsked
from ivr.call.failing import fail, limit_reached
from ivr.call.progress import Progress
from ivr.call.rehearsing import twists
from ivr.call.turn import Turn
from ivr.call.walking import ask, settle
from ivr.flow.asking import Policy
from ivr.flow.nodes import Transfer
from ivr.flow.tree import EscapeAt

__all__ = ["escape"]

Answer = Literal["honoured", "refused", "detour"]


def escape(progress: Progress, by: str) -> Turn:
    """What an ask for a representative leads to."""
    record = progress.record
    policy = progress.tree.escape(progress.place)
    record.asks += 1
    if policy is None:
        return fail(progress, "no_match")
    answer = _answer(progress, policy)
    progress.note(EscapeAsked, by=by, ask=record.asks, answer=answer)
    match answer:
        case "honoured":
            progress.go("representative")
        case "detour":
            progress.go("detour")
        case "refused":
            return _refuse(progress, policy)
    return settle(progress)


def _refuse(progress: Progress, policy: EscapeAt) -> Turn:
    """Refusals count against the call's limit, so that even a caller who does nothing but ask comes to an end."""
    record, refusals = progress.record, policy.escape.refusals or (progress.tree.line.sayings.not_yet,)
    record.failures += 1
    if limit_reached(progress):
        progress.go("limit_reached")
        return settle(progress)
    progress.say(refusals[min(record.asks, len(refusals)) - 1])
    return ask(progress, again=True)


def _answer(progress: Progress, policy: EscapeAt) -> Answer:
    escape, asks = policy.escape, progress.record.asks
    if asks <= twists(progress).refusals:
        return "refused"
    if escape.closed == "refuse" and _closed(progress, policy):
        return "refused"
    if escape.policy is Policy.AT_ONCE:
        return "honoured"
    if escape.chance and progress.chance() < escape.chance:
        return "honoured"
    match escape.policy:
        case Policy.NTH_ASK:
            return "honoured" if asks >= (escape.ask or 1) else "refused"
        case Policy.REASON_FIRST:
            return "honoured" if asks > 1 else "detour"
        case _:
            return _verified_first(progress, policy)


def _verified_first(progress: Progress, policy: EscapeAt) -> Answer:
    record = progress.record
    if record.member is not None:
        return "honoured"
    verifying = policy.detour == progress.place or policy.detour in record.stack
    return "refused" if verifying else "detour"


def _closed(progress: Progress, policy: EscapeAt) -> bool:
    node = progress.tree.nodes[policy.to]
    return isinstance(node, Transfer) and not progress.department(node.department).is_open(progress.scene)
