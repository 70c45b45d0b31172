"""Words cut down to their stems, so that "cancelled" and "cancelling" are one."""

import threading
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

__all__ = ["STEMMERS", "stemming"]

STEMMERS = {"en": "english"}
"""The languages whose contractions and negations are known here, each with its snowball stemmer."""

_KEPT = 20_000


def stemming(language: str) -> Callable[[str], str]:
    """The stemmer of a language, which remembers. Safe to share between threads, as snowball's own is not: it works
    inside itself."""
    stem_word, one_at_a_time = snowballstemmer.stemmer(STEMMERS[language]).stemWord, threading.Lock()

    def stem(word: str) -> str:
        with one_at_a_time:
            stemmed: str = stem_word(word)
        return stemmed

    return lru_cache(maxsize=_KEPT)(stem)
