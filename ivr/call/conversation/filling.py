"""Items that an answer fills."""

from ivr.call.conversation.closing import give_up
from ivr.call.conversation.hearing import Opened
from ivr.call.conversation.items import CARD_ENDING, DETAIL, GIVEN, LAST_FOUR, NAME, REASON, VERIFYING, ZIP, bare
from ivr.call.conversation.onward import MOST_TRIES, onward
from ivr.call.conversation.talk import Talk
from ivr.call.events import DetailGiven, Identified, NameGiven, ReasonGiven, VerifiedAgain
from ivr.call.turn import Turn
from ivr.grammar import Band

__all__ = ["fill", "fill_wrongly", "give_reason", "take_reason"]


def fill(talk: Talk, items: tuple[str, ...], by: str) -> None:
    """Each of `items` was given, and right."""
    before = _verified(talk)
    for item in items:
        _note(talk, item, by, right=True)
        talk.state.known[item] = GIVEN
    if items:
        talk.state.awaiting = ""
    if not before and _verified(talk):
        talk.say(talk.case.people.sentences.verified)
        _identify(talk)


def fill_wrongly(talk: Talk, by: str) -> None:
    """The item at hand was given, and wrong."""
    _note(talk, talk.state.item, by, right=False)


def _note(talk: Talk, item: str, by: str, *, right: bool) -> None:
    asked = item == talk.state.item
    if item == NAME:
        talk.note(NameGiven, by=by, right=right, asked=not talk.first_answer)
    elif item in VERIFYING:
        talk.note(VerifiedAgain, fact=item, by=by, right=right, seconds=talk.seconds if asked else 0.0)
    elif item.startswith(DETAIL):
        seconds = talk.seconds if asked else 0.0
        talk.note(DetailGiven, detail=bare(item), by=by, right=right, asked=asked, seconds=seconds)


def _verified(talk: Talk) -> bool:
    known = talk.state.known
    return GIVEN in (known.get(CARD_ENDING), known.get(LAST_FOUR)) and ZIP in known


def _identify(talk: Talk) -> None:
    record, member = talk.progress.record, talk.case.scenario.member
    if record.member != member:
        record.member = member
        talk.note(Identified, member=member)


def take_reason(talk: Talk, opened: Opened, by: str) -> Turn:
    """A reason was heard: asked about where it is not sure."""
    if opened.band is Band.ACCEPT:
        return give_reason(talk, opened.reason, by)
    talk.at(REASON)
    talk.state.awaiting = f"reason:{opened.reason}"
    talk.say(talk.case.people.sentences.confirm_reason, reason=talk.case.people.reasons[opened.reason].name)
    return talk.listen()


def give_reason(talk: Talk, reason: str, by: str) -> Turn:
    """A reason was given: the case's own, or one that the account knows nothing of."""
    state, case = talk.state, talk.case
    right = reason == case.scenario.reason
    talk.note(ReasonGiven, by=by, reason=reason, right=right, asked=not talk.first_answer)
    state.awaiting, state.offered = "", []
    if right:
        state.known[REASON] = GIVEN
        return onward(talk)
    talk.at(REASON)
    state.tries += 1
    if state.tries >= MOST_TRIES:
        return give_up(talk, "patience")
    talk.say(case.people.sentences.other_reason, reason=case.people.reasons[reason].name)
    return talk.listen()
