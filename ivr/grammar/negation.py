"""Which words a "not" takes back: "not lost, stolen" asks for stolen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ivr.grammar.tokens import Token


class Polarity(Enum):
    """How far a negation holds for a word."""

    PLAIN = ""
    NEGATED = "!"
    DISMISSED = "-"
    """Not what the caller wants: "I don't want X", "not X, Y". It speaks for nothing, nor for a negative phrase."""
    TOUCHED = "~"
    """The object of a negated verb: "charge" in "did not make that charge". Denied only together with its verb."""


_AUXILIARIES: Final = frozenset(
    {"do", "does", "did", "can", "could", "will", "would", "should", "shall", "have", "has", "had"}
)
_THINKING: Final = frozenset(
    {"know", "think", "remember", "recall", "believe", "sure", "understand", "mind", "care", "recognize", "recognise"}
)
_PASSING_ON: Final = frozenset({"think", "believe", "remember", "recall"})
_SUBJECTS: Final = frozenset({"i", "we", "he", "she", "they", "it", "you", "there"})
_WANTING: Final = frozenset({"want", "wanting", "need", "calling", "call", "looking", "asking", "here", "interested"})
# After these, a "no" is an answer; before anything else it denies what follows ("no gas").
_AFTER_AN_ANSWER: Final = _SUBJECTS | {"that", "this", "the", "a", "an", "my", "not", "no", "sorry", "just", "actually"}
_NO_SUBJECT: Final = frozenset({"no", "um", "uh", "and", "so", "well", "yes"})
_VERB_AND_OBJECT: Final = 2
_ONE_WORD: Final = 1


@dataclass(slots=True)
class _Scope:
    """A negation still at work: how many content words it has left, and where it must end."""

    left: int
    clause: int
    dismissive: bool
    first: bool = True


def polarities(words: Sequence[Token], content: Sequence[bool]) -> list[Polarity | None]:
    """One polarity a token, or None for the negating words themselves; `content` says which words carry meaning."""
    found: list[Polarity | None] = []
    scope: _Scope | None = None
    for at, token in enumerate(words):
        if _negates(words, at):
            scope = _Scope(left=_reach(words, at), clause=token.clause, dismissive=_opens_clause(words, at))
            found.append(None)
            continue
        if scope is not None and _over(scope, token):
            scope = None
        found.append(_polarity(scope, content[at]))
        if scope is not None:
            _advance(scope, words, at, content=content[at])
    return found


def _advance(scope: _Scope, words: Sequence[Token], at: int, *, content: bool) -> None:
    text = words[at].text
    if scope.first and text in _WANTING:
        scope.dismissive, scope.left = True, _VERB_AND_OBJECT
    elif text in _THINKING:
        # "I don't think I bought this" denies the buying; "I don't know if it was stolen" nothing.
        after = words[at + 1].text if at + 1 < len(words) else ""
        passed_on = text in _PASSING_ON and (after in _SUBJECTS or after.endswith("ing"))
        scope.left, scope.first = (_VERB_AND_OBJECT, True) if passed_on else (0, scope.first)
    elif content:
        scope.left -= 1
        scope.first = False


def _opens_clause(words: Sequence[Token], at: int) -> bool:
    """ "Not points, a ticket"; a "not" after a noun or a verb denies what follows instead."""
    before = words[at - 1] if at else None
    return words[at].text == "not" and (
        before is None or before.clause != words[at].clause or before.text in _NO_SUBJECT
    )


def _negates(words: Sequence[Token], at: int) -> bool:
    text = words[at].text
    if text in ("not", "never", "without"):
        return True
    if text != "no" or at + 1 == len(words):
        return False
    after = words[at + 1]
    return after.clause == words[at].clause and after.text not in _AFTER_AN_ANSWER


def _reach(words: Sequence[Token], at: int) -> int:
    after = words[at + 1].text if at + 1 < len(words) else ""
    verbal = words[at].text == "never" or (at > 0 and words[at - 1].text in _AUXILIARIES) or after.endswith("ing")
    return _VERB_AND_OBJECT if verbal else _ONE_WORD


def _over(scope: _Scope, token: Token) -> bool:
    # A new subject starts a new statement: "I don't want travel I want rewards".
    return scope.left <= 0 or token.clause != scope.clause or (not scope.first and token.text in _SUBJECTS)


def _polarity(scope: _Scope | None, content: bool) -> Polarity:
    if scope is None or not content:
        return Polarity.PLAIN
    if scope.dismissive:
        return Polarity.DISMISSED
    return Polarity.NEGATED if scope.first else Polarity.TOUCHED
