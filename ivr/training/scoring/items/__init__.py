"""Every item a scorecard may hold: what it looks at, and what it rests on; a module for each part of a call."""

from typing import Literal, get_args

from ivr.flow.rehearsal import Note
from ivr.training.scoring.items import caring, finding, finishing, preparing, talking
from ivr.training.scoring.items.verdict import Look, Verdict

__all__ = ["ITEMS", "ItemId", "Verdict"]

ItemId = Literal[
    "right-number",
    "best-number",
    "details-at-hand",
    "details-complete",
    "entries-ready",
    "reached",
    "not-given-up",
    "wrong-turns",
    "clear-speech",
    "answers-in-time",
    "quick-way",
    "no-random-keys",
    "straight-answers",
    "practice-numbers",
    "no-pestering",
    "kept-secret",
    "name-first",
    "reason-first",
    "courtesy",
    "verified",
    "asked-back",
    "supervisor",
    "within-time",
    "resolved",
    "noted-name",
    "noted-reference",
    "noted-date",
    "followed-up",
    "closed",
]

_LOOKS: tuple[Look, ...] = (
    preparing.right_number,
    preparing.best_number,
    preparing.details_at_hand,
    preparing.details_complete,
    preparing.entries_ready,
    finding.reached,
    finding.not_given_up,
    finding.wrong_turns,
    finding.clear_speech,
    finding.answers_in_time,
    finding.quick_way,
    caring.no_random_keys,
    caring.straight_answers,
    caring.practice_numbers,
    caring.no_pestering,
    caring.kept_secret,
    talking.name_first,
    talking.reason_first,
    talking.courtesy,
    talking.verified,
    talking.asked_back,
    talking.supervisor,
    talking.within_time,
    finishing.resolved,
    finishing.noted(Note.REPRESENTATIVE),
    finishing.noted(Note.REFERENCE),
    finishing.noted(Note.DATE),
    finishing.followed_up,
    finishing.closed,
)

ITEMS: dict[str, Look] = dict(zip(get_args(ItemId), _LOOKS, strict=True))
"""How each item is looked at, by its id."""
