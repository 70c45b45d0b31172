"""Words nobody knows, read as the menu's words they come near to."""

from collections.abc import Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5
"""Shorter words have too many neighbours: "lost" and "cost", "card" and "car"."""
_LONG: Final = 9
"""From this length on two slips are forgiven, of any kind."""
_LOOKED_AT: Final = 4
_KEPT: Final = 4_000
_VOWELS: Final = frozenset("aeiouy")


class Spelling:
    """Mends a word by the menu's words, given by form (as written, or stemmed) with their stems."""

    def __init__(self, stems: Mapping[str, str]) -> None:
        self._stems = stems
        self._by_initial: dict[str, list[str]] = {}
        for form in sorted(stems):
            if len(form) >= _SHORTEST - 1:
                self._by_initial.setdefault(form[0], []).append(form)
        self._read: dict[str, str | None] = {}

    def mended(self, word: str) -> str | None:
        """The stem of the menu's word it must be, or None; remembered, up to a bound.

        The initial has to be right: it is what ears and fingers miss least.
        """
        if word not in self._read:
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[word] = self._nearest(word)
        return self._read[word]

    def _nearest(self, word: str) -> str | None:
        forms = self._by_initial.get(word[0], ()) if len(word) >= _SHORTEST else ()
        slips = 2 if len(word) >= _LONG else 1
        found = process.extract(word, forms, scorer=OSA.distance, score_cutoff=slips, limit=_LOOKED_AT)
        near = (str(form) for form, _, _ in found)
        return next((self._stems[form] for form in near if len(word) >= _LONG or _slipped(word, form)), None)


def _slipped(word: str, form: str) -> bool:
    """Letters are left out, doubled, swapped, or a vowel is wrong; a wrong consonant makes another word."""
    if len(word) != len(form):
        return len(word) > _SHORTEST
    wrong = [pair for pair in zip(word, form, strict=True) if pair[0] != pair[1]]
    return len(wrong) > 1 or all(_VOWELS.issuperset(pair) for pair in wrong)
