"""The phrases of a menu's options, indexed by the features they need."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from typing import Final

from ivr.grammar.lexicon import Lexicon, Meaning
from ivr.grammar.negation import Polarity
from ivr.grammar.topic import Topic

_CLOSE: Final = 3
"""Words that may stand among those of a phrase before it counts for less."""
_PER_WORD_APART: Final = 0.12
_LEAST: Final = 0.4
_POINTED: Final = 0.8
"""The worth from which on a feature by itself says something of its option."""
_ALONE: Final = 5
"""A word that is a whole phrase is the option's own, as if it stood in so many."""
_FEW: Final = 30
"""Phrases as many as make an option's count of a word worth trusting."""
_KEPT: Final = 2_000
"""Topics, each as an option of some name."""
_SHARED: Final = 0.4
"""What a word is worth at least to an option that has it at all."""


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

    @cached_property
    def accepted(self) -> tuple[tuple[str, ...], ...]:
        """For each of its needs, the features that fill it."""
        # Within a negative phrase the object of the negated verb counts, wherever it stands: "a charge I did not make".
        negative = any(name[0] in "!-" for name in self.needs)
        return tuple(_accepted(name, negative=negative) for name in self.needs)

    @cached_property
    def every_slot(self) -> int:
        """All of its needs, a bit each."""
        return (1 << len(self.needs)) - 1

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each of its words, the features it may stand for."""
        return tuple(_names(meaning) for meaning in self.said)


@dataclass(frozen=True, kw_only=True)
class Match:
    """A phrase found whole: the places of its words among the meanings, and how close they stand, 0 to 1."""

    phrase: Phrase
    places: tuple[int, ...]
    closeness: float


class Ways:
    """The ways to ask for one option, indexed; kept, since many menus have the same options."""

    def __init__(self, option: str, topic: Topic, lexicon: Lexicon) -> None:
        self.option = option
        self.all = tuple(_phrases(option, topic, lexicon))
        self.decisive = sum(phrase.decisive for phrase in self.all)
        self.strong = {name for phrase in self.all if phrase.decisive and not phrase.weak for name in phrase.needs}
        self.stems = frozenset(name.lstrip("!~-") for phrase in self.all for name in phrase.needs)

    @cached_property
    def by_feature(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """By feature, the phrases that need it, and which of their needs it is, as a bit."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, phrase in enumerate(self.all):
            for slot, names in enumerate(phrase.accepted):
                for name in names:
                    found.setdefault(name, []).append((number, 1 << slot))
        return found

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many phrases need a feature."""
        counts: Counter[str] = Counter()
        for phrase in self.all:
            for name in phrase.needs if phrase.decisive else ():
                counts[name] += _ALONE if len(phrase.needs) == 1 else 1
        return counts


class Phrases:
    """All the phrases of a set of options, and what each feature is worth in telling the options apart."""

    def __init__(self, options: Mapping[str, Topic], lexicon: Lexicon) -> None:
        self._ways = tuple(_ways(option, topic, lexicon) for option, topic in options.items())
        self._worth: dict[str, Mapping[str, float]] = {}
        self._owners: dict[str, Mapping[str, float]] = {}
        self._needing: dict[str, Sequence[tuple[int, int]]] = {}
        self.all = tuple(phrase for ways in self._ways for phrase in ways.all)
        self.stems = frozenset[str]().union(*(ways.stems for ways in self._ways))
        """Every stem that some phrase needs, negated or not."""

    def worth(self, name: str) -> Mapping[str, float]:
        """What a feature says for an option that has it: 1 where no other does, less where it is more others' word."""
        worth = self._worth.get(name)
        if worth is None:
            count = {ways.option: ways.counts[name] for ways in self._ways if name in ways.counts}
            worth = _shares(count, {ways.option: ways.decisive for ways in self._ways})
            if count:  # what callers said besides stays in no cache
                self._worth[name] = worth
        return worth

    def owners(self, name: str) -> Mapping[str, float]:
        """The options a feature points to even where no phrase was said whole, and its worth to them."""
        owners = self._owners.get(name)
        if owners is None:
            if not any(name in ways.strong for ways in self._ways):
                return {}
            owners = {option: worth for option, worth in self.worth(name).items() if worth >= _POINTED}
            self._owners[name] = owners
        return owners

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word of the phrases as it was written."""
        return frozenset(meaning.text for phrase in self.all for meaning in phrase.said)

    def covers(self, phrase: Phrase) -> bool:
        """Whether phrases of the same weight have a place for every word of another's."""
        if not all(any(self._needs(name) for name in names) for names in phrase.names):
            return False
        found = [
            match for match in self.matches(phrase.said) if match.phrase.decisive and match.phrase.weak == phrase.weak
        ]
        return len({place for match in found for place in match.places}) == len(phrase.said)

    def matches(self, meanings: Sequence[Meaning]) -> list[Match]:
        """The phrases whose every feature was said."""
        places = _places(meanings)
        filled: dict[int, int] = {}
        for name in places:
            for number, bit in self._needs(name):
                filled[number] = filled.get(number, 0) | bit
        found = ((self.all[number], slots) for number, slots in filled.items())
        return [_match(phrase, places) for phrase, slots in found if slots == phrase.every_slot]

    def _needs(self, name: str) -> Sequence[tuple[int, int]]:
        """The phrases that need a feature, and which of their needs it is, as a bit."""
        found = self._needing.get(name)
        if found is None:
            found, first = [], 0
            for ways in self._ways:
                found += [(first + number, bit) for number, bit in ways.by_feature.get(name, ())]
                first += len(ways.all)
            if found:
                self._needing[name] = found
        return found


@lru_cache(maxsize=_KEPT)
def _ways(option: str, topic: Topic, lexicon: Lexicon) -> Ways:
    return Ways(option, topic, lexicon)


def _phrases(option: str, topic: Topic, lexicon: Lexicon) -> Iterator[Phrase]:
    seen: set[frozenset[str]] = set()
    for decisive, phrases in ((True, (topic.name, *topic.says)), (False, topic.hints)):
        for says in phrases:
            bag = lexicon.bag(says)
            if frozenset(bag.needs) not in seen:
                seen.add(frozenset(bag.needs))
                yield Phrase(option=option, says=says, needs=bag.needs, said=bag.said, decisive=decisive, weak=bag.weak)


def _shares(count: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, float]:
    rates = {option: times / (sizes[option] + _FEW) for option, times in count.items()}
    most = sum(rates.values())
    return {option: _SHARED + (1 - _SHARED) * sqrt(rate / most) for option, rate in rates.items()}


def _accepted(name: str, *, negative: bool) -> tuple[str, ...]:
    match name[0]:
        case "!":
            return (name,)
        case "-":
            return name, "!" + name[1:]
        case _:
            return (name, "~" + name) if negative else (name,)


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
    for names in phrase.accepted:
        candidates = [place for name in names for place in places.get(name, ())]
        found.append(min(candidates, key=lambda place: abs(place - found[0])) if found else candidates[0])
    apart = max(found) - min(found) + 1 - len(found)
    closeness = max(_LEAST, 1 - _PER_WORD_APART * max(0, apart - _CLOSE))
    return Match(phrase=phrase, places=tuple(found), closeness=closeness)
