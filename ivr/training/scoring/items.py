"""Every item a scorecard may hold: what it looks at, and what it rests on."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, get_args

from ivr.call.events import (
    ClarificationAsked,
    ConversationEnded,
    CourtesyNoted,
    DetailGiven,
    DetailMissing,
    Ended,
    EscapeAsked,
    Event,
    FollowUpTaken,
    HandedOver,
    NameGiven,
    NoteTaken,
    NotOnPracticeList,
    NotUnderstood,
    ReasonGiven,
    ReferenceGiven,
    Resolved,
    SecretAsked,
    SecretGiven,
    Silent,
    SupervisorAsked,
    UnclearSaid,
    UniversalAsked,
    VerifiedAgain,
)
from ivr.errors import NumberError
from ivr.flow.rehearsal import Note
from ivr.training.regret import Cause
from ivr.training.scoring.evidence import Evidence

__all__ = ["ITEMS", "ItemId", "Verdict"]

AT_HAND = 8.0
"""Seconds in which somebody who has a detail at hand begins to give it."""
QUICK = 15.0
"""Seconds lost on the way that nobody would call a detour."""
POLITE = 2
"""Courtesies that make a polite call."""


class Verdict(NamedTuple):
    """The share of an item's points that was earned, 0 to 1, and the events it rests on."""

    share: float
    events: tuple[Event, ...]


Look = Callable[[Evidence], Verdict | None]
"""None where the item does not apply to this call."""


def _right_number(call: Evidence) -> Verdict:
    dialled = call.dialled
    right = [call.planner.ground.answering(number)[0] for number in call.case.scenario.numbers]
    return Verdict(float(dialled.line in right), (dialled,))


def _best_number(call: Evidence) -> Verdict:
    dialled = call.dialled
    try:
        best = call.planner.ground.answering(call.case.scenario.numbers[0])[0]
    except NumberError:
        return Verdict(0.0, (dialled,))
    return Verdict(float(dialled.line == best), (dialled,))


def _details_at_hand(call: Evidence) -> Verdict | None:
    asked: list[DetailGiven | VerifiedAgain] = [*call.all(DetailGiven), *call.all(VerifiedAgain)]
    if not asked:
        return None
    slow = [event for event in asked if event.seconds > AT_HAND]
    return Verdict(1 - len(slow) / len(asked), tuple(slow or asked))


def _details_complete(call: Evidence) -> Verdict | None:
    missing = tuple(call.all(DetailMissing))
    given = tuple(event for event in call.all(DetailGiven) if event.right)
    if not missing and not given:
        return None
    return Verdict(len(given) / (len(given) + len(missing)), missing or given)


def _entries_ready(call: Evidence) -> Verdict:
    losses = [loss for loss in call.regret.losses if loss.cause is Cause.SEARCHING]
    lost = sum(loss.seconds for loss in losses)
    if lost <= AT_HAND:
        return Verdict(1.0, (call.events[0],))
    return Verdict(0.0, tuple(loss.event for loss in losses))


def _practice_numbers(call: Evidence) -> Verdict:
    return _none_of(call, tuple(call.all(NotOnPracticeList)))


def _reached(call: Evidence) -> Verdict:
    answered = call.answered
    if answered is None:
        return Verdict(float(call.regret.reached), (call.events[-1],))
    return Verdict(float(answered.department in call.case.departments), (answered,))


def _wrong_turns(call: Evidence) -> Verdict:
    handed = [event for event in call.all(HandedOver) if event.fault == "caller"]
    turned = [event for event in call.all(UniversalAsked) if event.universal in ("main-menu", "back")]
    found = (*handed, *turned)
    allowed = call.case.scenario.limits.wrong_turns
    return Verdict(float(len(found) <= allowed and not handed), found or (call.events[0],))


def _no_random_keys(call: Evidence) -> Verdict:
    return _none_of(call, tuple(event for event in call.all(NotUnderstood) if event.reason == "unknown-key"))


def _clear_speech(call: Evidence) -> Verdict | None:
    """On a bad line nobody is to blame for not being understood."""
    if call.case.scenario.twists.muffled:
        return None
    return _none_of(call, tuple(event for event in call.all(NotUnderstood) if event.reason != "unknown-key"))


def _answers_in_time(call: Evidence) -> Verdict:
    return _none_of(call, tuple(call.all(Silent)))


def _no_pestering(call: Evidence) -> Verdict:
    refused = tuple(event for event in call.all(EscapeAsked) if event.answer == "refused")
    return Verdict(float(len(refused) <= 1), refused or (call.events[0],))


def _quick_way(call: Evidence) -> Verdict:
    losses = sorted(call.regret.losses, key=lambda loss: -loss.seconds)
    lost = call.regret.lost
    share = 1.0 if lost <= QUICK else max(0.0, 1 - (lost - QUICK) / 120)
    return Verdict(share, tuple(loss.event for loss in losses[:3]) or (call.events[0],))


def _within_time(call: Evidence) -> Verdict | None:
    """Of a call that was brought to its end; who hangs up early saves no time."""
    done, ended = call.first(Resolved), call.first(ConversationEnded)
    if done is None or ended is None:
        return Verdict(0.0, (call.events[-1],))
    return Verdict(float(call.seconds(ended) <= call.case.scenario.limits.seconds), (ended,))


def _name_first(call: Evidence) -> Verdict | None:
    return _unasked(call, tuple(call.all(NameGiven)))


def _reason_first(call: Evidence) -> Verdict | None:
    return _unasked(call, tuple(call.all(ReasonGiven)))


def _courtesy(call: Evidence) -> Verdict | None:
    if call.answered is None:
        return None
    kinds = {event.courtesy: event for event in call.all(CourtesyNoted)}
    return Verdict(min(1.0, len(kinds) / POLITE), tuple(kinds.values()) or (call.answered,))


def _verified(call: Evidence) -> Verdict | None:
    found = tuple(call.all(VerifiedAgain))
    if not found:
        return None
    wrong = tuple(event for event in found if not event.right)
    return Verdict(float(not wrong), wrong or found)


def _asked_back(call: Evidence) -> Verdict | None:
    unclear = tuple(call.all(UnclearSaid))
    if not unclear:
        return None
    asked = tuple(event for event in call.all(ClarificationAsked) if event.needed)
    return Verdict(min(1.0, len(asked) / len(unclear)), asked or unclear)


def _supervisor(call: Evidence) -> Verdict | None:
    if not call.case.scenario.twists.supervisor or call.answered is None:
        return None
    asked = tuple(event for event in call.all(SupervisorAsked) if event.needed)
    return Verdict(float(bool(asked)), asked or (call.events[-1],))


def _kept_secret(call: Evidence) -> Verdict | None:
    given = tuple(call.all(SecretGiven))
    asked = tuple(call.all(SecretAsked))
    if not given and not asked:
        return None
    return Verdict(float(not given), given or asked)


def _resolved(call: Evidence) -> Verdict | None:
    if call.answered is None:
        return None
    resolved = [event for event in call.all(Resolved) if event.complete]
    return Verdict(float(bool(resolved)), tuple(resolved) or (call.events[-1],))


def _noted(note: Note) -> Look:
    def look(call: Evidence) -> Verdict | None:
        if note not in call.case.scenario.notes or call.answered is None:
            return None
        if note is Note.REFERENCE and call.first(ReferenceGiven) is None:
            return None
        taken = tuple(event for event in call.all(NoteTaken) if event.note == note)
        return Verdict(float(any(event.right for event in taken)), taken or (call.events[-1],))

    return look


def _followed_up(call: Evidence) -> Verdict | None:
    needed = call.case.scenario.follow_ups
    if not needed or call.answered is None:
        return None
    taken = {event.follow_up: event for event in call.all(FollowUpTaken) if event.needed}
    return Verdict(len(taken) / len(needed), tuple(taken.values()) or (call.events[-1],))


def _closed(call: Evidence) -> Verdict | None:
    ended = tuple(call.all(ConversationEnded))
    if not ended:
        return None
    return Verdict(float(ended[-1].how == "closed"), ended[-1:])


def _not_given_up(call: Evidence) -> Verdict:
    """Whether the caller spoke with anybody who can help, or left word where nobody answers."""
    ended = call.first(Ended)
    return Verdict(float(call.regret.reached), (ended or call.events[-1],))


def _none_of(call: Evidence, found: tuple[Event, ...]) -> Verdict:
    """One is a slip; each costs half of what is left."""
    return Verdict(0.5 ** len(found) if found else 1.0, found or (call.events[0],))


def _unasked(call: Evidence, given: Sequence[NameGiven] | Sequence[ReasonGiven]) -> Verdict | None:
    if call.answered is None:
        return None
    first = [event for event in given if event.right and not event.asked]
    return Verdict(float(bool(first)), tuple(first or given) or (call.events[-1],))


ItemId = Literal[
    "right-number",
    "best-number",
    "details-at-hand",
    "details-complete",
    "entries-ready",
    "practice-numbers",
    "reached",
    "not-given-up",
    "wrong-turns",
    "no-random-keys",
    "clear-speech",
    "answers-in-time",
    "no-pestering",
    "quick-way",
    "within-time",
    "name-first",
    "reason-first",
    "courtesy",
    "verified",
    "asked-back",
    "supervisor",
    "kept-secret",
    "resolved",
    "noted-name",
    "noted-reference",
    "noted-date",
    "followed-up",
    "closed",
]

_LOOKS: tuple[Look, ...] = (
    _right_number,
    _best_number,
    _details_at_hand,
    _details_complete,
    _entries_ready,
    _practice_numbers,
    _reached,
    _not_given_up,
    _wrong_turns,
    _no_random_keys,
    _clear_speech,
    _answers_in_time,
    _no_pestering,
    _quick_way,
    _within_time,
    _name_first,
    _reason_first,
    _courtesy,
    _verified,
    _asked_back,
    _supervisor,
    _kept_secret,
    _resolved,
    _noted(Note.REPRESENTATIVE),
    _noted(Note.REFERENCE),
    _noted(Note.DATE),
    _followed_up,
    _closed,
)

ITEMS: dict[str, Look] = dict(zip(get_args(ItemId), _LOOKS, strict=True))
"""How each item is looked at, by its id."""
