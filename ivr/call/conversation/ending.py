"""What a caller does about the offers at the end of a conversation."""

from ivr.call.conversation.asides import Aside, aside_in, courtesies_in
from ivr.call.conversation.closing import ask_anything_else, follow_up_at, goodbye, take_follow_up
from ivr.call.conversation.confirming import yes_or_no
from ivr.call.conversation.hearing import secret_in, too_long
from ivr.call.conversation.items import ANYTHING_ELSE
from ivr.call.conversation.keying import aside_of
from ivr.call.conversation.replying import reply
from ivr.call.conversation.speech import be_polite
from ivr.call.conversation.talk import FINISH, Talk
from ivr.call.events import NotOnPracticeList, NotUnderstood, SecretGiven, Silent
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.turn import Turn
from ivr.grammar import Band, band, redact

__all__ = ["hear_closing"]

MOST_TRIES = 2


def hear_closing(talk: Talk, heard: Pressed | Spoke | SilentInput) -> Turn:
    """A follow-up, a supervisor after all, or goodbye."""
    match heard:
        case Pressed(keys=keys):
            return _keys(talk, keys)
        case Spoke(words=words) if words.strip():
            return _words(talk, words)
        case _:
            talk.note(Silent, seconds=talk.patience)
            return _unanswered(talk)


def _keys(talk: Talk, keys: str) -> Turn:
    if keys == FINISH:
        return goodbye(talk)
    aside = aside_of(talk, keys)
    if aside is not None:
        return reply(talk, aside, "keys")
    chosen = follow_up_at(talk, keys)
    if chosen is not None:
        return take_follow_up(talk, chosen, "keys")
    talk.note(NotUnderstood, by="keys", words="a key", reason="unknown-key")
    return _unanswered(talk)


def _words(talk: Talk, words: str) -> Turn:
    be_polite(talk, words)
    if too_long(words, talk.case):
        talk.note(NotOnPracticeList, slot=ANYTHING_ELSE)
        talk.progress.say(talk.progress.tree.line.sayings.not_practice)
        return ask_anything_else(talk)
    secret = secret_in(words, talk.case, ANYTHING_ELSE)
    if secret is not None:
        talk.note(SecretGiven, secret=secret, asked=False)
        talk.say(talk.case.people.sentences.secret_given)
        return ask_anything_else(talk)
    aside = aside_in(words, talk.case.people.asides)
    if aside in (Aside.SUPERVISOR, Aside.REPEAT, Aside.HINT, Aside.FINISHED, Aside.CLARIFY, Aside.MOMENT):
        return reply(talk, aside, "speech")
    wanted = talk.case.follow_ups.hear(words)
    if wanted.option in talk.state.offered and band(wanted.score, 1.0) is not Band.REJECT:
        return take_follow_up(talk, wanted.option, "speech")
    return _otherwise(talk, words)


def _otherwise(talk: Talk, words: str) -> Turn:
    """No, or thanks and goodbye, end it; a yes alone is asked what it is for."""
    said = yes_or_no(talk, words)
    parting = {"thanks", "goodbye"} & set(courtesies_in(words, talk.case.people.asides))
    if said is False or (parting and not said):
        return goodbye(talk)
    if said is None:
        talk.note(NotUnderstood, by="speech", words=redact(words), reason="no-match")
    return _unanswered(talk)


def _unanswered(talk: Talk) -> Turn:
    talk.state.tries += 1
    return goodbye(talk) if talk.state.tries >= MOST_TRIES else ask_anything_else(talk)
