"""What a caller says to a representative."""

from ivr.call.conversation.asides import Aside, contains, courtesies_in, says_only
from ivr.call.conversation.confirming import confirmed, yes_or_no
from ivr.call.conversation.filling import fill, fill_wrongly, take_reason
from ivr.call.conversation.form import wanted
from ivr.call.conversation.hearing import Heard, listen_to, secret_in, too_long
from ivr.call.conversation.items import NAME, SECRET
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.replying import reply
from ivr.call.conversation.secrets import discard_number, discard_secret, hear_secret
from ivr.call.conversation.talk import Talk
from ivr.call.events import CourtesyNoted, NotUnderstood
from ivr.call.input import Spoke
from ivr.call.turn import Turn
from ivr.grammar import DEFAULT_BANDS, redact

__all__ = ["be_polite", "hear_words", "not_heard"]

_INTRODUCING = ("my name is", "this is", "i am", "it is", "speaking")


def hear_words(talk: Talk, heard: Spoke) -> Turn:
    """The turn after words, at any item of the form."""
    words, state = heard.words, talk.state
    if heard.confidence < DEFAULT_BANDS.confirm:
        return not_heard(talk, words, "low-confidence")
    be_polite(talk, words)
    if too_long(words, talk.case):
        return discard_number(talk)
    secret = None if state.item == SECRET else secret_in(words, talk.case, state.item)
    if secret is not None:
        return discard_secret(talk, secret)
    said = yes_or_no(talk, words) if state.awaiting else None
    if said is not None:
        return confirmed(talk, said, "speech")
    return _act(talk, words, listen_to(words, talk.case, state.item, wanted(talk), talk.progress.scene.date()))


def _act(talk: Talk, words: str, heard: Heard) -> Turn:
    """What was right is kept, whatever else was said."""
    asked = talk.state.item
    fill(talk, heard.right, "speech")
    if heard.aside is not None and (_counts(heard, heard.aside) or _asks_for_hint(talk, words)):
        return reply(talk, heard.aside, "speech")
    if asked == SECRET:
        return hear_secret(talk, words)
    if heard.reason is not None:
        return take_reason(talk, heard.reason, "speech")
    if heard.right:
        return onward(talk)
    if heard.wrong or (asked == NAME and _introduces(words)):
        fill_wrongly(talk, "speech")
        return missed(talk, "wrong")
    return not_heard(talk, words, "no-match")


def _counts(heard: Heard, aside: Aside) -> bool:
    """Whether an aside is what the caller meant: "I need help, I lost my card" is no cry for a hint."""
    if aside is Aside.SUPERVISOR:
        return True
    return not heard.right and (heard.reason is None or aside is Aside.CLARIFY)


def _asks_for_hint(talk: Talk, words: str) -> bool:
    """Whether "help" is all that was said, although help from abroad is a reason to call."""
    return says_only(words, talk.case.people.asides.hint)


def _introduces(words: str) -> bool:
    return len(words.split()) <= 3 or contains(words, _INTRODUCING)


def not_heard(talk: Talk, words: str, reason: str) -> Turn:
    """A no-match."""
    talk.note(NotUnderstood, by="speech", words=redact(words), reason=reason)
    return missed(talk, "not-understood")


def be_polite(talk: Talk, words: str) -> None:
    """Notes what was polite, once a representative."""
    for courtesy in courtesies_in(words, talk.case.people.asides):
        if courtesy not in talk.state.courtesies:
            talk.state.courtesies.append(courtesy)
            talk.note(CourtesyNoted, courtesy=courtesy)
