"""A yes or a no to what the representative wants to be sure of."""

from ivr.call.conversation.filling import fill, give_reason
from ivr.call.conversation.items import REASON
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.talk import Talk
from ivr.call.turn import Turn
from ivr.grammar import Band, band

__all__ = ["ask_whether", "confirmed", "yes_or_no"]


def ask_whether(talk: Talk) -> Turn:
    """A caller keys where only words would do: what the case has is read out, and a key says yes or no."""
    item, case, sentences = talk.state.item, talk.case, talk.case.people.sentences
    talk.state.awaiting = item
    if item == "name":
        talk.say(sentences.confirm_name)
    else:
        talk.say(sentences.confirm_detail, value=case.facts[item.partition(":")[2]].spoken)
    return talk.listen()


def yes_or_no(talk: Talk, words: str) -> bool | None:
    """What words answer; None where they are neither."""
    heard = talk.progress.board.centre.yes_no.hear(words)
    return None if band(heard.score, 1.0) is Band.REJECT else heard.option == "yes"


def confirmed(talk: Talk, yes: bool, by: str) -> Turn:
    """What was asked about is so, or is not."""
    state = talk.state
    about, state.awaiting = state.awaiting, ""
    if about.startswith(f"{REASON}:"):
        return give_reason(talk, about.partition(":")[2], by) if yes else missed(talk, "not-understood")
    if not yes:
        return missed(talk, "wrong")
    fill(talk, (about,), by)
    return onward(talk)
