"""Which option of a menu a caller's words ask for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from typing import Final

from ivr.grammar.bands import DEFAULT_BANDS
from ivr.grammar.clashes import Clash
from ivr.grammar.evidence import NONE, Evidence, features
from ivr.grammar.lexicon import Meaning
from ivr.grammar.phrases import Match, Phrases
from ivr.grammar.sounds import Sounds
from ivr.grammar.spelling import Spelling
from ivr.grammar.tokens import Token, tokens
from ivr.grammar.topic import Topic
from ivr.grammar.vocabulary import Vocabulary

_HINT: Final = 0.35
"""What a hint's words are worth beside those of a phrase that decides."""
_ECHO: Final = 0.3
"""And a word of such a phrase by itself."""
_UNDECIDED: Final = 0.5
"""No score of a hint alone, or of two options side by side, goes beyond: it is for the confirm band."""
_MARGIN: Final = 0.12
"""By how much of its own evidence an option has to lead."""
_AT_HAND: Final = 1.15
"""The menu's own options are likelier meant than what is always there."""
_DOUBT: Final = 0.4
"""What words that nothing explains weigh against the evidence; they add up slowly, for callers tell stories."""
_KNOWN: Final = 0.35
"""A word of the menu's own that fits no phrase casts less doubt than a foreign one."""

_ELSEWHERE: Final = 3.0
"""And a word of other people's business more."""
_MISHEARD: Final = 0.9
"""What is left of a score that rests on words sounding alike."""
_RUNNER_UP: Final = 0.5
"""What the phrases' second thought counts beside their first."""


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """What was understood, and how sure that is, 0 to 1; `option` is None where nothing was."""

    option: str | None = None
    score: float = 0.0
    because: str = ""
    runner_up: str | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What speaks for an option."""

    option: str
    evidence: float
    decisive: bool
    because: str
    places: frozenset[int]


class Recogniser:
    """A menu's ear. Cheap to build; keep one by menu."""

    def __init__(
        self,
        options: Mapping[str, Topic],
        vocabulary: Vocabulary,
        local: Collection[str] = (),
        *,
        evidence: Evidence | None = None,
        topics: Mapping[str, str] | None = None,
    ) -> None:
        """`topics` names the vocabulary's topic of each option that has one: what `evidence` speaks for."""
        self._evidence = evidence
        self._topics = dict(topics or {})
        known = evidence.topics if evidence is not None else frozenset[str]()
        self._weighable = {topic: option for option, topic in self._topics.items() if topic in known}
        self._lexicon = vocabulary.lexicon
        self._clashing = vocabulary.clashing
        self._options = dict(options)
        self._phrases = Phrases(options, self._lexicon)
        self._local = frozenset(local)

    def hear(self, words: str) -> Hypothesis:
        """The option the words ask for."""
        said = tokens(words)
        meanings = self._meant(said)
        found = self._by_phrases(said, meanings)
        if self._evidence is None or not self._weighable:
            return found
        if found.option is not None and found.option not in self._weighable.values():
            return found
        return self._weighed(said, meanings, found, self._evidence)

    def features(self, words: str, *, phrases: bool) -> dict[str, float]:
        """What evidence is learned from: with `phrases`, also what the vocabulary's phrases make of the words."""
        said = tokens(words)
        meanings = self._meant(said)
        found = self._by_phrases(said, meanings) if phrases else None
        return self._features(said, meanings, found)

    def _features(
        self, said: Sequence[Token], meanings: Sequence[Meaning], found: Hypothesis | None
    ) -> dict[str, float]:
        by_topic = None if found is None else self._by_topic(found)
        return features([token.text for token in said], meanings, by_topic)

    def _by_topic(self, found: Hypothesis) -> dict[str, float]:
        scores: dict[str, float] = {}
        if found.option is not None:
            first = self._topics.get(found.option, found.option)
            scores[first] = found.score
            second = self._topics.get(found.runner_up or "")
            if second is not None:
                scores[second] = scores.get(second, 0.0) + _RUNNER_UP * found.runner_up_score
        return scores

    def _weighed(
        self, said: Sequence[Token], meanings: Sequence[Meaning], found: Hypothesis, evidence: Evidence
    ) -> Hypothesis:
        shares = evidence.shares(self._features(said, meanings, found))
        options = self._weighable
        spoken = sorted((topic for topic in shares if topic != NONE), key=lambda topic: -shares[topic])
        first, second = spoken[:2]
        if first not in options:
            return replace(found, option=None, score=0.0, runner_up=None, runner_up_score=0.0)
        return Hypothesis(
            option=options[first],
            score=shares[first],
            because=found.because if found.option == options[first] else "",
            runner_up=options.get(second),
            runner_up_score=shares[second],
        )

    def _by_phrases(self, said: Sequence[Token], meanings: Sequence[Meaning]) -> Hypothesis:
        """The option that the vocabulary's phrases alone make of the words."""
        heard = self._decided(meanings)
        if heard.score >= DEFAULT_BANDS.accept:
            return heard
        mended = self._sounds.mended(said)
        if mended is None:
            return heard
        again = self._decided(self._meant(tokens(mended)))
        again = replace(again, score=_MISHEARD * again.score)
        return again if again.score > heard.score else heard

    @cached_property
    def _sounds(self) -> Sounds:
        phrases = {phrase.says for phrase in self._phrases.all if phrase.decisive}
        return Sounds(phrases, lambda word: self._lexicon.knows(self._lexicon.canonical(word)))

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._lexicon.forms(self._phrases.written, self._phrases.stems))

    def _meant(self, said: Sequence[Token]) -> list[Meaning]:
        return [self._spelled(meaning) for meaning in self._lexicon.meanings(said)]

    def clashes(self) -> list[Clash]:
        """Every phrase of an option that another would answer as well; between the menu's own and others none is."""
        return [
            Clash(phrase=phrase, option=option, other=other)
            for option, topic in self._options.items()
            for other, rival in self._options.items()
            if other != option and (option in self._local) == (other in self._local)
            for phrase in self._clashing.between(topic, rival)
        ]

    def _spelled(self, meaning: Meaning) -> Meaning:
        if meaning.weak or meaning.stem in self._phrases.stems or self._lexicon.knows(meaning.stem):
            return meaning
        mended = self._spelling.mended(meaning.text)
        return meaning if mended is None else replace(meaning, stem=mended)

    def _decided(self, meanings: Sequence[Meaning]) -> Hypothesis:
        matches = _longest(self._phrases.matches(meanings))
        cases = self._cases(meanings, [match for match in matches if not match.phrase.weak])
        if not any(case.decisive for case in cases):
            cases = self._cases(meanings, matches)
        if not cases:
            return Hypothesis()
        first = cases[0]
        second = cases[1] if len(cases) > 1 else None
        score = self._score(first, meanings)
        if second is None:
            return Hypothesis(option=first.option, score=score, because=first.because)
        if any(_rivals(first, other) for other in cases[1:]):
            score = min(score, _UNDECIDED)
        return Hypothesis(
            option=first.option,
            score=score,
            because=first.because,
            runner_up=second.option,
            runner_up_score=min(score, self._score(second, meanings)),
        )

    def _cases(self, meanings: Sequence[Meaning], matches: Sequence[Match]) -> list[_Case]:
        by_option: dict[str, list[Match]] = {}
        for match in matches:
            by_option.setdefault(match.phrase.option, []).append(match)
        echoes = self._echoes(meanings)
        cases = [self._case(option, by_option.get(option, ()), echoes.get(option, {})) for option in by_option | echoes]
        return sorted(cases, key=lambda case: (-case.decisive, -case.evidence))

    def _echoes(self, meanings: Sequence[Meaning]) -> dict[str, dict[int, float]]:
        """By option, the words of its phrases that were said, whether or not a phrase was said whole."""
        echoes: dict[str, dict[int, float]] = {}
        for place, meaning in enumerate(meanings):
            for option, worth in self._phrases.owners(meaning.feature).items():
                echoes.setdefault(option, {})[place] = _ECHO * worth
        return echoes

    def _case(self, option: str, matches: Sequence[Match], echoes: Mapping[int, float]) -> _Case:
        worth = dict(echoes)
        places: set[int] = set()
        best: tuple[bool, float, str] = (False, 0.0, "")
        for match in matches:
            share = match.closeness if match.phrase.decisive else _HINT
            parts = [share * self._phrases.worth(name).get(option, 1.0) for name in match.phrase.needs]
            for place, part in zip(match.places, parts, strict=True):
                worth[place] = max(part, worth.get(place, 0.0))
            places.update(match.places)
            best = max(best, (match.phrase.decisive, sum(parts), match.phrase.says))
        evidence = sum(worth.values()) * (_AT_HAND if option in self._local else 1.0)
        return _Case(
            option=option,
            evidence=evidence,
            decisive=best[0],
            because=best[2],
            places=frozenset(places),
        )

    def _score(self, case: _Case, meanings: Sequence[Meaning]) -> float:
        doubt = sum(
            self._doubt(meaning.stem)
            for place, meaning in enumerate(meanings)
            if place not in case.places and not meaning.weak
        )
        score = case.evidence / (case.evidence + _DOUBT * sqrt(doubt))
        return score if case.decisive else _UNDECIDED * score

    def _doubt(self, stem: str) -> float:
        if self._lexicon.is_elsewhere(stem):
            return _ELSEWHERE
        return _KNOWN if stem in self._phrases.stems else 1.0


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Without what another option's longer phrase contains: "dispute a charge" within "dispute a corporate charge"."""
    whole = [match for match in matches if match.phrase.decisive and match.closeness == 1]
    places = {id(match): frozenset(match.places) for match in matches}
    kept = []
    for match in matches:
        longer = {other.phrase.option for other in whole if places[id(match)] < places[id(other)]}
        if not longer or match.phrase.option in longer:
            kept.append(match)
    return kept


def _rivals(first: _Case, other: _Case) -> bool:
    """Whether another option has nearly as good a case. One that rests on part of the same words has not."""
    near = other.decisive and other.evidence > (1 - _MARGIN) * first.evidence
    return near and not other.places < first.places
