"""With the representative."""

from collections.abc import Sequence

from ivr.call.events import (
    ClarificationAsked,
    ConversationEnded,
    CourtesyNoted,
    NameGiven,
    ReasonGiven,
    Resolved,
    SupervisorAsked,
    UnclearSaid,
    VerifiedAgain,
)
from ivr.training.scoring.evidence import Evidence
from ivr.training.scoring.items.verdict import Verdict, all_or_nothing

__all__ = ["asked_back", "courtesy", "name_first", "reason_first", "supervisor", "verified", "within_time"]

Given = NameGiven | ReasonGiven
POLITE = 2
"""Courtesies that make a polite call."""


def name_first(call: Evidence) -> Verdict | None:
    """Whether the name came in answer to the greeting. To who keys it is read out, so that there is nothing to earn."""
    if call.answered is None or call.only_keyed:
        return None
    given = list(call.all(NameGiven))
    return _first(call, [event for event in given if not event.asked], given)


def reason_first(call: Evidence) -> Verdict | None:
    """Whether the reason did; by keys, which come to choose from reasons, whether the first choice was right."""
    if call.answered is None:
        return None
    given = list(call.all(ReasonGiven))
    return _first(call, given[:1] if call.only_keyed else [event for event in given if not event.asked], given)


def _first(call: Evidence, first: Sequence[Given], given: Sequence[Given]) -> Verdict:
    """Rests on what came first; where nothing right did, on what was given later, if anything."""
    right = [event for event in first if event.right]
    return all_or_nothing(call, bool(right), *(right or first or given))


def courtesy(call: Evidence) -> Verdict | None:
    """How many kinds of courtesies there were. No key says thank you."""
    if call.answered is None or call.only_keyed:
        return None
    kinds = {event.courtesy: event for event in call.all(CourtesyNoted)}
    return Verdict(min(1.0, len(kinds) / POLITE), tuple(kinds.values()) or call.events[-1:])


def verified(call: Evidence) -> Verdict | None:
    """Whether no proof of who calls was wrong."""
    found = tuple(call.all(VerifiedAgain))
    if not found:
        return None
    wrong = tuple(event for event in found if not event.right)
    return all_or_nothing(call, not wrong, *(wrong or found))


def asked_back(call: Evidence) -> Verdict | None:
    """Of what was unclear, the share that was asked about."""
    unclear = tuple(call.all(UnclearSaid))
    if not unclear:
        return None
    asked = tuple(event for event in call.all(ClarificationAsked) if event.needed)
    if len(asked) >= len(unclear):
        return Verdict(1.0, asked)
    clear = {event.item for event in asked}
    return Verdict(len(asked) / len(unclear), tuple(each for each in unclear if each.detail not in clear) or unclear)


def supervisor(call: Evidence) -> Verdict | None:
    """Whether one was asked for, where only one can settle it."""
    if not call.case.scenario.twists.supervisor or call.answered is None:
        return None
    asked = tuple(event for event in call.all(SupervisorAsked) if call.wants_supervisor(event))
    return all_or_nothing(call, bool(asked), *asked)


def within_time(call: Evidence) -> Verdict | None:
    """Of a call that was brought to its end; who hangs up early saves no time, and who leaves word loses none."""
    if call.left_word:
        return None
    done, ended = call.first(Resolved), call.first(ConversationEnded)
    if done is None or ended is None:
        return all_or_nothing(call, False)
    return all_or_nothing(call, call.seconds(ended) <= call.case.scenario.limits.seconds, ended)
