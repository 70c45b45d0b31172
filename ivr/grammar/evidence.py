"""What words speak for which topic, as it was learned from utterances; read from `flows/evidence.tsv`.

A line of the file is a feature, a tab, and pairs of a topic and a weight: `words:my bill	billing 0.61 account -0.22`.
The weights of all features an utterance has are summed by topic, and made shares of 1 (a softmax, so a topic is
believed only as far as it leads the others). One topic, `none`, stands for noise and for what nobody calls here for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import Final

from ivr.grammar.lexicon import Meaning
from ivr.grammar.sounds import skeleton

NONE: Final = "none"
ALWAYS: Final = "always"
"""The feature every utterance has: how likely a topic is before anything was said."""
_SOUNDS: Final = 2
_SOUNDS_OF_TWO: Final = 4
"""Consonants that tell a word, and two words run together, by their sound."""
_LOUD: Final = 5.0
"""How loud an utterance is as a whole: who says much says each thing more softly."""
_LETTERS: Final = 4
_PART: Final = 0.5
"""A word has several parts: each says less."""
_LINE: Final = re.compile(r"[^\t]+\t[a-z-]+ -?\d+(?:\.\d+)?(?: [a-z-]+ -?\d+(?:\.\d+)?)*")


class EvidenceError(ValueError):
    """A line of an evidence file that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Evidence:
    """The weights of every feature, and the topics they speak for."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = dict(_halves(line) for line in lines if line and not line.startswith("#"))
        self._order = tuple(sorted(self._lines[ALWAYS].split(" ")[::2]))
        self._places = {topic: place for place, topic in enumerate(self._order)}
        self._weights: dict[str, tuple[tuple[int, float], ...]] = {}
        self.topics = frozenset(self._order)

    def shares(self, features: Mapping[str, float]) -> dict[str, float]:
        """By topic, how far the features speak for it; all together 1."""
        sums = [0.0] * len(self._order)
        for place, weight in self._weighed(ALWAYS):
            sums[place] += weight
        for feature, strength in features.items():
            if feature in self._lines:
                for place, weight in self._weighed(feature):
                    sums[place] += strength * weight
        most = max(sums)
        parts = [exp(each - most) for each in sums]
        whole = sum(parts)
        return {topic: part / whole for topic, part in zip(self._order, parts, strict=True)}

    def _weighed(self, feature: str) -> tuple[tuple[int, float], ...]:
        """The weights of a feature by the place of their topic; read when they are first needed."""
        found = self._weights.get(feature)
        if found is None:
            parts = self._lines[feature].split(" ")
            found = tuple(
                (self._places[topic], float(weight)) for topic, weight in zip(parts[::2], parts[1::2], strict=True)
            )
            self._weights[feature] = found
        return found


def read_evidence(path: Path) -> Evidence | None:
    """The evidence in a file; None where there is none. Raises EvidenceError."""
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#") and not _LINE.fullmatch(line):
            raise EvidenceError(number, "expected a feature, a tab, and topics with weights")
    if not any(line.startswith(f"{ALWAYS}\t") for line in lines):
        raise EvidenceError(1, f"the feature '{ALWAYS}' is missing")
    return Evidence(lines)


def features(
    words: Sequence[str], meanings: Sequence[Meaning], phrases: Mapping[str, float] | None
) -> dict[str, float]:
    """What an utterance has, each with its strength.

    Its words, meanings, sounds and the letters in its words, so that words misheard and misspelled speak as well; and
    by topic the score that the phrases of the vocabulary reach for it, unless `phrases` is None. Digits have no sound
    here: a number that a caller should not have said stays in no cache.
    """
    spoken = [word for word in words if word.isalpha()]
    stems = [meaning.feature for meaning in meanings]
    found = [f"word:{word}" for word in words]
    found += [f"words:{one} {two}" for one, two in pairwise(["^", *words, "$"])]
    found += [f"meaning:{stem}" for stem in stems]
    found += [f"meanings:{one} {two}" for one, two in pairwise(stems)]
    found += [f"sound:{sound}" for word in spoken if len(sound := skeleton(word)) >= _SOUNDS]
    found += [f"sound:{sound}" for one, two in pairwise(spoken) if len(sound := skeleton(one + two)) >= _SOUNDS_OF_TWO]
    said = dict.fromkeys(found, 1.0) | {f"letters:{part}": _PART for word in words for part in _parts(f"<{word}>")}
    loud = _LOUD / sqrt(sum(said.values()) or 1.0)
    found_by_phrases = (
        {f"phrases:{topic}": score for topic, score in phrases.items()} if phrases else {"phrases:-": 1.0}
    )
    return {name: loud * strength for name, strength in said.items()} | ({} if phrases is None else found_by_phrases)


def _parts(word: str) -> Iterable[str]:
    return (word[at : at + _LETTERS] for at in range(len(word) - _LETTERS + 1))


def _halves(line: str) -> tuple[str, str]:
    feature, _, weights = line.partition("\t")
    return feature, weights
