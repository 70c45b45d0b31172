"""From an answer to the next thing a representative says."""

from ivr.call.conversation.closing import give_up, resolve
from ivr.call.conversation.form import ask, next_item
from ivr.call.conversation.items import (
    CARD_ENDING,
    DETAIL,
    GIVEN,
    LAST_FOUR,
    MISSING,
    REASON,
    SECRET,
    bare,
)
from ivr.call.conversation.people import hand_over_where_wrong
from ivr.call.conversation.talk import Talk
from ivr.call.events import DetailMissing, SecretWithheld
from ivr.call.turn import Turn

__all__ = ["MOST_TRIES", "missed", "onward"]

MOST_TRIES = 3


def onward(talk: Talk) -> Turn:
    """Hands the caller over, asks for the next item, or settles the matter."""
    if talk.state.known.get(REASON) == GIVEN:
        handed = hand_over_where_wrong(talk)
        if handed is not None:
            return handed
    item = next_item(talk)
    return resolve(talk) if item is None else ask(talk, item)


def missed(talk: Talk, why: str) -> Turn:
    """An answer that did not do; after the third, the form goes on without it. `why` is as in DetailMissing."""
    state = talk.state
    state.tries += 1
    state.awaiting, state.offered = "", []
    if state.tries >= MOST_TRIES or why == "not-had":
        return _without(talk, why)
    _say_why(talk, why)
    return ask(talk, state.item)


def _say_why(talk: Talk, why: str) -> None:
    sentences, item = talk.case.people.sentences, talk.state.item
    match why:
        case "silence":
            talk.say(sentences.silence)
        case "wrong" if item.startswith(DETAIL):
            talk.say(sentences.wrong_detail, detail=talk.case.detail(bare(item)).name)
        case "wrong":
            talk.say(sentences.unknown_name if item == "name" else sentences.not_a_match)
        case _:
            talk.say(sentences.not_understood)


def _without(talk: Talk, why: str) -> Turn:
    state, item = talk.state, talk.state.item
    if item == REASON:
        return give_up(talk, "patience")
    state.known[item] = MISSING
    if item.startswith(DETAIL):
        talk.note(DetailMissing, detail=bare(item), why=why, seconds=talk.seconds)
        talk.say(talk.case.people.sentences.without_detail, detail=talk.case.detail(bare(item)).name)
    elif item == SECRET:
        talk.note(SecretWithheld, secret=talk.case.scenario.twists.asks_for or "")
    elif item == LAST_FOUR or (item == CARD_ENDING and LAST_FOUR not in talk.case.digits):
        return give_up(talk, "unverified")
    return onward(talk)
