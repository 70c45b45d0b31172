"""Words nobody knows, read as the menu's words they come near to."""

from collections.abc import Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5
"""Shorter words have too many neighbours: "lost" and "cost", "card" and "car"."""
_TWO_SLIPS: Final = 9
"""From this length on two slips are forgiven."""
_KEPT: Final = 4_000


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
        if len(word) < _SHORTEST or word[0] not in self._by_initial:
            return None
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        found = process.extractOne(word, self._by_initial[word[0]], scorer=OSA.distance, score_cutoff=slips)
        return self._stems[str(found[0])] if found else None
