"""Phrases of a caller that answer no question: they are told by what they contain, in short sentences."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from ivr.flow.rehearsal import Asides
from ivr.grammar.tokens import tokens

__all__ = ["Aside", "aside_in", "contains", "courtesies_in", "says_only"]

SHORT = 6
"""Words: "help" within a longer sentence is part of a story."""


class Aside(StrEnum):
    """What a caller may want at any question. In this order: who wants a supervisor gets nothing else."""

    SUPERVISOR = "supervisor"
    CLARIFY = "clarify"
    MOMENT = "moment"
    NOT_HAD = "not_had"
    HINT = "hint"
    REPEAT = "repeat"
    FINISHED = "finished"


PUZZLED = ("what", "huh", "what is that", "excuse me")
"""Alone; within a sentence they mean nothing."""
_ANY_LENGTH = (Aside.SUPERVISOR, Aside.CLARIFY, Aside.NOT_HAD)
REPEATS = (
    "repeat", "say that again", "say it again", "come again", "once more", "pardon", "what did you say",
    "did not catch that", "did not hear",
)  # fmt: skip


def aside_in(words: str, asides: Asides) -> Aside | None:
    """The aside that words make, if any."""
    said = [token.text for token in tokens(words)]
    if " ".join(said) in PUZZLED:
        return Aside.CLARIFY
    for aside in Aside:
        phrases = REPEATS if aside is Aside.REPEAT else getattr(asides, aside)
        if (len(said) <= SHORT or aside in _ANY_LENGTH) and _any(said, phrases):
            return aside
    return None


def courtesies_in(words: str, asides: Asides) -> list[str]:
    """What was polite about words."""
    said = [token.text for token in tokens(words)]
    kinds = {"greeting": asides.hello, "please": asides.please, "thanks": asides.thanks, "goodbye": asides.goodbye}
    return [kind for kind, phrases in kinds.items() if _any(said, phrases)]


def contains(words: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in words as it is."""
    return _any([token.text for token in tokens(words)], phrases)


def says_only(words: str, phrases: Iterable[str]) -> bool:
    """Whether words are one of the phrases, and nothing else."""
    said = [token.text for token in tokens(words)]
    return any(said == _words(phrase) for phrase in phrases)


def _any(said: list[str], phrases: Iterable[str]) -> bool:
    return any(_stands_in(said, _words(phrase)) for phrase in phrases)


@lru_cache(maxsize=4096)
def _words(phrase: str) -> list[str]:
    """The words of a phrase of the flows, never of a caller."""
    return [token.text for token in tokens(phrase)]


def _stands_in(said: list[str], phrase: list[str]) -> bool:
    return any(said[at : at + len(phrase)] == phrase for at in range(len(said) - len(phrase) + 1))
