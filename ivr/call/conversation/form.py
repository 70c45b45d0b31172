"""The form: which item comes next, and how it is asked for."""

from ivr.call.conversation.items import (
    CARD_ENDING,
    DETAIL,
    GIVEN,
    LAST_FOUR,
    MISSING,
    NAME,
    OUT_OF_REACH,
    REASON,
    SECRET,
    VERIFYING,
    ZIP,
    bare,
)
from ivr.call.conversation.talk import Talk
from ivr.call.events import DetailAsked, SecretAsked, UnclearSaid, VerificationAsked
from ivr.call.turn import Turn

__all__ = ["ask", "next_item", "wanted"]


def wanted(talk: Talk) -> tuple[str, ...]:
    """The items that are not known yet, in the order of asking."""
    state, case = talk.state, talk.case
    items = [NAME, REASON, CARD_ENDING]
    if state.known.get(CARD_ENDING) == MISSING and LAST_FOUR in case.digits:
        items.append(LAST_FOUR)
    items += [ZIP, *(DETAIL + detail for detail in case.reason.details)]
    return tuple(item for item in items if item not in state.known)


def next_item(talk: Talk) -> str | None:
    """What is asked for next; None where all is known."""
    state, twists = talk.state, talk.case.scenario.twists
    left = wanted(talk)
    who = [item for item in left if not item.startswith(DETAIL)]
    if who:
        return who[0]
    if twists.asks_for and SECRET not in state.known:
        return SECRET
    if left:
        return left[0]
    if twists.supervisor and state.role != "supervisor" and OUT_OF_REACH not in state.known:
        return OUT_OF_REACH
    return None


def ask(talk: Talk, item: str) -> Turn:
    """Asks for an item, and listens."""
    talk.at(item)
    sentences = talk.case.people.sentences
    match item:
        case "name":
            talk.say(sentences.ask_name)
        case "reason":
            talk.say(sentences.ask_reason)
        case "card_ending" | "last_four" | "zip":
            _verify(talk, item)
            _tell_of_star(talk)
        case "secret":
            secret = talk.case.scenario.twists.asks_for or ""
            talk.note(SecretAsked, secret=secret)
            talk.say(sentences.ask_secret, secret=SPOKEN[secret])
        case "out_of_reach":
            talk.say(sentences.out_of_reach)
        case _:
            _detail(talk, bare(item))
            _tell_of_star(talk)
    return talk.listen()


TOLD_OF_STAR = "told:star"
SPOKEN = {"pin": "PIN", "card_code": "four-digit code on the front of the card", "": ""}


def _verify(talk: Talk, item: str) -> None:
    assert item in VERIFYING
    talk.note(VerificationAsked, fact=item)
    talk.say(getattr(talk.case.people.sentences, f"ask_{item}"))


def _tell_of_star(talk: Talk) -> None:
    """Once a call, however many representatives ask."""
    if TOLD_OF_STAR not in talk.state.known:
        talk.state.known[TOLD_OF_STAR] = GIVEN
        talk.say(talk.case.people.sentences.or_star)


def _detail(talk: Talk, name: str) -> None:
    """In words nobody could understand, where the scenario has it so, and until somebody asks what they mean."""
    detail, state = talk.case.detail(name), talk.state
    talk.note(DetailAsked, detail=name, ask=state.tries + 1)
    puzzling = name in talk.case.scenario.twists.unclear and f"clear:{name}" not in state.known
    if puzzling and detail.unclear and state.tries == 0:
        state.unclear = True
        talk.note(UnclearSaid, detail=name)
        talk.say(detail.unclear)
    else:
        state.unclear = False
        talk.say(detail.ask)
