"""The phrases of a menu's options, indexed by the features they need."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final

from ivr.grammar.lexicon import Lexicon, Meaning
from ivr.grammar.negation import Polarity
from ivr.grammar.topic import Topic

_CLOSE: Final = 3
"""Words that may stand among those of a phrase before it counts for less."""
_PER_WORD_APART: Final = 0.12
_LEAST: Final = 0.4
_POINTED: Final = 0.7
"""The worth from which on a feature by itself says something of its option."""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One way to ask for an option, as a bag of features."""

    option: str
    says: str
    needs: tuple[str, ...]
    said: tuple[Meaning, ...]
    decisive: bool
    weak: bool
    """Made of weak words only, so it counts only where nothing weightier was said."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """A phrase found whole: the places of its words among the meanings, and how close they stand, 0 to 1."""

    phrase: Phrase
    places: tuple[int, ...]
    closeness: float


class Phrases:
    """All the phrases of a set of options, and what each feature is worth in telling the options apart."""

    def __init__(self, options: Mapping[str, Topic], lexicon: Lexicon) -> None:
        self.all = tuple(phrase for option, topic in options.items() for phrase in _compiled(option, topic, lexicon))
        self._options = len(options)
        self._by_feature: dict[str, list[tuple[int, int]]] = {}
        for number, phrase in enumerate(self.all):
            for slot, names in enumerate(_accepted(phrase)):
                for name in names:
                    self._by_feature.setdefault(name, []).append((number, 1 << slot))

    @cached_property
    def worth(self) -> Mapping[str, float]:
        """Inverse document frequency over the options: 1 for a feature of one option, less for one that many share."""
        options = Counter(name for _, name in {(p.option, name) for p in self.all if p.decisive for name in p.needs})
        most = log(1 + self._options)
        return {name: log(1 + self._options / count) / most for name, count in options.items()}

    @cached_property
    def owners(self) -> Mapping[str, frozenset[str]]:
        """The options in whose phrases a feature stands, for the features that point somewhere."""
        owners: dict[str, set[str]] = {}
        for phrase in self.all:
            for name in phrase.needs if phrase.decisive and not phrase.weak else ():
                owners.setdefault(name, set()).add(phrase.option)
        return {name: frozenset(found) for name, found in owners.items() if self.worth[name] >= _POINTED}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem that some phrase needs, negated or not."""
        return frozenset(name.lstrip("!~-") for phrase in self.all for name in phrase.needs)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word of the phrases as it was written."""
        return frozenset(meaning.text for phrase in self.all for meaning in phrase.said)

    def need(self, meaning: Meaning) -> bool:
        """Whether some phrase has a place for it."""
        return any(name in self._by_feature for name in _names(meaning))

    def matches(self, meanings: Sequence[Meaning]) -> list[Match]:
        """The phrases whose every feature was said."""
        places = _places(meanings)
        filled: dict[int, int] = {}
        for name in places:
            for number, bit in self._by_feature.get(name, ()):
                filled[number] = filled.get(number, 0) | bit
        return [
            _match(phrase, places)
            for phrase, slots in ((self.all[number], slots) for number, slots in filled.items())
            if slots == (1 << len(phrase.needs)) - 1
        ]


def _compiled(option: str, topic: Topic, lexicon: Lexicon) -> Iterable[Phrase]:
    seen: set[frozenset[str]] = set()
    for decisive, phrases in ((True, (topic.name, *topic.says)), (False, topic.hints)):
        for says in phrases:
            bag = lexicon.bag(says)
            if frozenset(bag.needs) not in seen:
                seen.add(frozenset(bag.needs))
                yield Phrase(option=option, says=says, needs=bag.needs, said=bag.said, decisive=decisive, weak=bag.weak)


def _accepted(phrase: Phrase) -> Iterable[tuple[str, ...]]:
    # Within a negative phrase the object of the negated verb counts, wherever it stands: "a charge I did not make".
    negative = any(name[0] in "!-" for name in phrase.needs)
    for name in phrase.needs:
        match name[0]:
            case "!":
                yield (name,)
            case "-":
                yield name, "!" + name[1:]
            case _:
                yield (name, "~" + name) if negative else (name,)


def _places(meanings: Sequence[Meaning]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, meaning in enumerate(meanings):
        for name in _names(meaning):
            places.setdefault(name, []).append(place)
    return places


def _names(meaning: Meaning) -> tuple[str, ...]:
    """The features a word may stand for: the object of a negated verb may be the one that is denied."""
    if meaning.polarity is Polarity.TOUCHED:
        return meaning.feature, "!" + meaning.stem
    return (meaning.feature,)


def _match(phrase: Phrase, places: Mapping[str, list[int]]) -> Match:
    found: list[int] = []
    for names in _accepted(phrase):
        candidates = [place for name in names for place in places.get(name, ())]
        found.append(min(candidates, key=lambda place: abs(place - found[0])) if found else candidates[0])
    apart = max(found) - min(found) + 1 - len(found)
    closeness = max(_LEAST, 1 - _PER_WORD_APART * max(0, apart - _CLOSE))
    return Match(phrase=phrase, places=tuple(found), closeness=closeness)
