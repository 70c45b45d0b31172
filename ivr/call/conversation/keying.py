"""What a caller keys to a representative: digits, a yes or a no, and three keys that mean the same everywhere."""

from ivr.call.conversation.asides import Aside
from ivr.call.conversation.confirming import ask_whether, confirmed
from ivr.call.conversation.filling import fill, fill_wrongly, give_reason
from ivr.call.conversation.hearing import means, secret_in, too_long
from ivr.call.conversation.items import CARD_ENDING, DETAIL, NAME, REASON, SECRET, VERIFYING, bare
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.replying import reply
from ivr.call.conversation.secrets import discard_number, discard_secret, hear_secret
from ivr.call.conversation.talk import Talk
from ivr.call.events import NotUnderstood
from ivr.call.turn import Turn
from ivr.grammar import Grammar, read_keys

__all__ = ["aside_of", "hear_keys", "unknown_keys"]

REPEAT_KEY = "*"
"""And, as in the tree, what is not to hand: wherever something is asked for that a caller may not have."""
SUPERVISOR_KEY = "0"
MORE_KEY = "9"
_A_PAGE = 8
_YES_NO = {"1": True, "2": False}


def hear_keys(talk: Talk, keys: str) -> Turn:
    """The turn after keys, at any item of the form; without the finish key, as ever."""
    state = talk.state
    aside = aside_of(talk, keys)
    if aside is not None:
        return reply(talk, aside, "keys")
    if keys.isdigit() and too_long(keys, talk.case):
        return discard_number(talk)
    secret = None if state.item == SECRET or not keys.isdigit() else secret_in(keys, talk.case, state.item)
    if secret is not None:
        return discard_secret(talk, secret)
    if state.awaiting and keys in _YES_NO:
        return confirmed(talk, _YES_NO[keys], "keys")
    return _keyed(talk, keys)


def aside_of(talk: Talk, keys: str) -> Aside | None:
    """What a key means wherever it is pressed."""
    if keys == SUPERVISOR_KEY:
        return Aside.SUPERVISOR
    if keys != REPEAT_KEY:
        return None
    item = talk.state.item
    to_hand = item in VERIFYING or item.startswith(DETAIL)
    return Aside.NOT_HAD if to_hand and not talk.state.awaiting else Aside.REPEAT


def _keyed(talk: Talk, keys: str) -> Turn:
    item = talk.state.item
    if item in (NAME, REASON) and _answers_nothing(talk, keys):
        _note_unknown(talk, keys)
    if item == NAME:
        return ask_whether(talk)
    if item == REASON:
        return _reason(talk, keys)
    if item == SECRET:
        return hear_secret(talk, keys)
    if item in VERIFYING:
        whole_card = item == CARD_ENDING and keys == talk.case.member.card_number
        return _compare(talk, whole_card or keys == talk.case.digits[item])
    if item.startswith(DETAIL):
        return _detail(talk, keys)
    return unknown_keys(talk, keys)


def _answers_nothing(talk: Talk, keys: str) -> bool:
    """Whether a key is none of those that were just offered, neither a yes or a no nor one of the reasons."""
    state = talk.state
    if state.awaiting:
        return True
    offered = [str(key) for key in range(1, len(state.offered) + 1)]
    return bool(offered) and keys not in (*offered, MORE_KEY)


def _reason(talk: Talk, keys: str) -> Turn:
    """Reasons by the page: this department's own come first."""
    state, case, sentences = talk.state, talk.case, talk.case.people.sentences
    if keys.isdigit() and 1 <= int(keys) <= len(state.offered):
        return give_reason(talk, state.offered[int(keys) - 1], "keys")
    order = sorted(case.people.reasons, key=lambda name: state.department not in case.people.reasons[name].departments)
    after = order.index(state.offered[-1]) + 1 if keys == MORE_KEY and state.offered else 0
    state.offered = order[after : after + _A_PAGE] or order[:_A_PAGE]
    state.awaiting = ""
    offers = [talk.offer(case.people.reasons[name].name, key) for key, name in enumerate(state.offered, start=1)]
    offers.append(talk.offer(sentences.something_else[0], int(MORE_KEY)))
    talk.say(sentences.offer_reasons, offers=" ".join(offers))
    return talk.listen()


def _detail(talk: Talk, keys: str) -> Turn:
    entry = talk.case.detail(bare(talk.state.item)).entry
    if entry in (Grammar.TEXT, Grammar.ALPHANUMERIC) and not talk.state.awaiting:
        return ask_whether(talk)
    today = talk.progress.scene.date()
    value = read_keys(entry, keys, today)
    if value is None:
        return unknown_keys(talk, keys)
    return _compare(talk, means(entry, value, talk.case.facts[bare(talk.state.item)].value, today))


def _compare(talk: Talk, right: bool) -> Turn:
    if right:
        fill(talk, (talk.state.item,), "keys")
        return onward(talk)
    fill_wrongly(talk, "keys")
    return missed(talk, "wrong")


def unknown_keys(talk: Talk, keys: str) -> Turn:
    """Keys that mean nothing here; which ones is not kept, as anywhere."""
    _note_unknown(talk, keys)
    return missed(talk, "not-understood")


def _note_unknown(talk: Talk, keys: str) -> None:
    shown = "a key" if len(keys) == 1 else f"{len(keys)} keys"
    talk.note(NotUnderstood, by="keys", words=shown, reason="unknown-key")
