"""The debrief at the end of a call: what the coach has to say, and its details a key away."""

from ivr.call.conversation.asides import contains
from ivr.call.conversation.items import DEBRIEF
from ivr.call.conversation.talk import Talk
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.turn import Outcome, Turn

__all__ = ["MOST_DETAILS", "debrief", "end", "hear_detail"]

MOST_DETAILS = 9


def debrief(talk: Talk) -> Turn:
    """Told once, in full; its details are a key away."""
    coach = talk.progress.board.coach
    assert coach is not None
    spoken = coach.debrief(talk.progress.record, talk.progress.history())
    talk.progress.say_as(None, (spoken.summary,), {})
    if not spoken.details:
        return end(talk)
    talk.at(DEBRIEF)
    talk.state.offered = list(spoken.details[:MOST_DETAILS])
    return _offer_details(talk)


def _offer_details(talk: Talk) -> Turn:
    talk.say(talk.case.people.afterwards.details, offers=" ".join(_detail_offers(talk)))
    return talk.listen()


def hear_detail(talk: Talk, heard: Pressed | Spoke | SilentInput) -> Turn:
    """One detail of the debrief; anything that asks for none ends the call."""
    chosen = _chosen(talk, heard)
    if chosen is None:
        return end(talk)
    talk.progress.say_as(None, (talk.state.offered[chosen].partition(":")[2].strip(),), {})
    talk.state.tries += 1
    if talk.state.tries >= MOST_DETAILS:
        return end(talk)
    talk.say(talk.case.people.afterwards.more)
    return talk.listen()


def _chosen(talk: Talk, heard: Pressed | Spoke | SilentInput) -> int | None:
    offered = talk.state.offered
    match heard:
        case Pressed(keys=keys) if keys.isdigit() and 1 <= int(keys) <= len(offered):
            return int(keys) - 1
        case Spoke(words=words):
            titles = [detail.partition(":")[0] for detail in offered]
            return next((at for at, title in enumerate(titles) if contains(words, [title])), None)
        case _:
            return None


def _detail_offers(talk: Talk) -> list[str]:
    offer = talk.case.people.afterwards.detail_offer[0]
    titles = [detail.partition(":")[0] for detail in talk.state.offered]
    return [offer.replace("{what}", title).replace("{key}", str(key)) for key, title in enumerate(titles, start=1)]


def end(talk: Talk) -> Turn:
    """The practice line says goodbye."""
    talk.say(talk.case.people.afterwards.goodbye)
    return talk.progress.end(Outcome.CONNECTED, talk.state.department)
