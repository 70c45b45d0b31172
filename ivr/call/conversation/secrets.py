"""What must not be told to anybody: it is discarded at once, and the caller is told so."""

import re

from ivr.call.conversation.form import ask
from ivr.call.conversation.items import GIVEN, SECRET, bare
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.talk import Talk
from ivr.call.events import NotOnPracticeList, SecretGiven, SecretWithheld
from ivr.call.turn import Turn
from ivr.flow.rehearsal import Secret
from ivr.grammar import digit_runs

__all__ = ["discard_number", "discard_secret", "hear_secret"]

DIGITS_OF_A_SECRET = 3
"""From so many digits on it was an attempt to give one, right or wrong."""


def hear_secret(talk: Talk, words_or_keys: str) -> Turn:
    """What a caller says to somebody who asked for a secret: anything without digits keeps it."""
    secret = talk.case.scenario.twists.asks_for or ""
    given = len(re.sub(r"\D", "", words_or_keys)) >= DIGITS_OF_A_SECRET
    given |= any(len(run) >= DIGITS_OF_A_SECRET for run in digit_runs(words_or_keys))
    sentences = talk.case.people.sentences
    if given:
        talk.note(SecretGiven, secret=secret, asked=True)
        talk.say(sentences.secret_given)
    else:
        talk.note(SecretWithheld, secret=secret)
        talk.say(sentences.secret_withheld)
    talk.state.known[SECRET] = GIVEN
    return onward(talk)


def discard_secret(talk: Talk, secret: Secret) -> Turn:
    """A secret that nobody asked for."""
    talk.note(SecretGiven, secret=secret, asked=False)
    talk.say(talk.case.people.sentences.secret_given)
    return _again(talk)


def discard_number(talk: Talk) -> Turn:
    """A number that may be a real one."""
    talk.note(NotOnPracticeList, slot=bare(talk.state.item))
    talk.progress.say(talk.progress.tree.line.sayings.not_practice)
    return _again(talk)


def _again(talk: Talk) -> Turn:
    talk.state.tries += 1
    if talk.state.tries >= 3:
        return missed(talk, "wrong")
    return ask(talk, talk.state.item)
