"""Hints: the next best thing to say or key to a representative. In a test there are none."""

from ivr.call.conversation.items import DETAIL, LAST_FOUR, bare
from ivr.call.conversation.talk import Talk
from ivr.call.events import HintGiven
from ivr.call.record import Stage
from ivr.flow.rehearsal import Lack

__all__ = ["hint", "hint_about", "tell_hint"]


def hint(talk: Talk) -> None:
    """Says what would be best now."""
    tell_hint(talk, hint_about(talk))


def tell_hint(talk: Talk, words: str) -> None:
    """The practice line says a hint, where the stage allows for it, and counts it."""
    rehearsal, briefing = talk.progress.record.rehearsal, talk.case.people.briefing
    assert rehearsal is not None
    rehearsal.hints += 1
    if rehearsal.stage is Stage.TEST:
        talk.note(HintGiven, hint=rehearsal.hints, words="")
        talk.progress.say_as(None, briefing.no_hints, {})
    else:
        talk.note(HintGiven, hint=rehearsal.hints, words=words)
        talk.progress.say_as(None, briefing.hint, {"hint": words})


def hint_about(talk: Talk) -> str:
    """The hint for the item at hand, in words and keys."""
    item, case, hints = talk.state.item, talk.case, talk.case.people.hints
    values = {"member.name": case.member.name, "reason": case.reason.name, "value": "", "keys": ""}
    if item.startswith(DETAIL):
        fact = case.facts[bare(item)]
        values |= {"value": fact.spoken, "keys": " ".join(_spoken_keys(fact.keys or ""))}
        return _filled(hints.detail if fact.keys else hints.detail_in_words, values)
    if item in case.digits:
        lacking = item == "card_ending" and Lack.CARD_NUMBER in case.scenario.lacks
        lacking |= item == LAST_FOUR and {Lack.SSN_LAST4, Lack.TAX_ID_LAST4} <= set(case.scenario.lacks)
        return hints.not_to_hand if lacking else hints.digits
    if item == "anything_else":
        wanted = [name for name in talk.state.offered if name in case.scenario.follow_ups]
        if wanted:
            offered = case.people.follow_ups[wanted[0]]
            return _filled(
                hints.follow_up, values | {"value": offered.name, "keys": str(talk.state.offered.index(wanted[0]) + 1)}
            )
        return hints.finished
    return _filled(
        {"name": hints.name, "reason": hints.reason, "secret": hints.secret}.get(item, hints.supervisor), values
    )


def _spoken_keys(keys: str) -> list[str]:
    return ["star" if key == "*" else key for key in keys]


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
