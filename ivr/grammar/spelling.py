"""Words nobody knows, read as the menu's words they come near to."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5
"""Shorter words have too many neighbours: "lost" and "cost", "card" and "car"."""
_TWO_SLIPS: Final = 9
"""From this length on two slips are forgiven."""
_KEPT: Final = 4_000


class Spelling:
    """Mends a stem by the menu's stems. Remembers what it has read, up to a bound."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._by_initial: dict[str, list[str]] = {}
        for stem in sorted(stems):
            if len(stem) >= _SHORTEST - 1:
                self._by_initial.setdefault(stem[0], []).append(stem)
        self._read: dict[str, str | None] = {}

    def mended(self, stem: str) -> str | None:
        """The menu's stem it must be, or None. The initial has to be right: it is what ears and fingers miss least."""
        if stem not in self._read:
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[stem] = self._nearest(stem)
        return self._read[stem]

    def _nearest(self, stem: str) -> str | None:
        if len(stem) < _SHORTEST or stem[0] not in self._by_initial:
            return None
        slips = 2 if len(stem) >= _TWO_SLIPS else 1
        found = process.extractOne(stem, self._by_initial[stem[0]], scorer=OSA.distance, score_cutoff=slips)
        return str(found[0]) if found else None
