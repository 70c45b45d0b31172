"""Phrases that two topics would answer alike, found once for each pair of topics however many menus bind both."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ivr.grammar.lexicon import Lexicon
from ivr.grammar.phrases import Phrases
from ivr.grammar.topic import Topic

_PAIRS_KEPT: Final = 50_000


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A phrase of one option that another would answer as well."""

    phrase: str
    option: str
    other: str


class Clashing:
    """Compares topics. A topic that answers only part of a phrase is no rival: the longer phrase is the better case."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrases = lru_cache(maxsize=None)(lambda topic: Phrases({"": topic}, lexicon))
        self.between = lru_cache(maxsize=_PAIRS_KEPT)(self._between)

    def _between(self, topic: Topic, other: Topic) -> tuple[str, ...]:
        """The phrases of the topic whose every word the other topic's phrases cover."""
        rival = self._phrases(other)
        own = (phrase for phrase in self._phrases(topic).all if phrase.decisive)
        return tuple(phrase.says for phrase in own if rival.covers(phrase))
