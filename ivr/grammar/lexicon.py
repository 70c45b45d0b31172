"""Words into meanings: misrecognitions mended, fillers dropped, stems and synonyms made one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ivr.grammar.negation import Polarity, polarities
from ivr.grammar.rewriting import Rewriting
from ivr.grammar.stems import stemming
from ivr.grammar.tokens import Token, tokens

_HESITATIONS: Final = frozenset({"i", "um", "uh", "er", "ah", "oh", "hmm", "well", "please", "sorry", "so"})
_ENDING: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """A word that counts, by its canonical stem."""

    stem: str
    polarity: Polarity
    weak: bool
    text: str
    """The word as it was said, for spelling."""

    @property
    def feature(self) -> str:
        """The stem, marked if it was negated, so that a phrase may itself be negative."""
        return self.polarity.value + self.stem


@dataclass(frozen=True, kw_only=True)
class Bag:
    """A phrase without its order."""

    needs: tuple[str, ...]
    said: tuple[Meaning, ...]
    """Its meanings, as if a caller had said it."""
    weak: bool
    """Whether every word of it is weak."""


class Lexicon:
    """A vocabulary without its topics, compiled."""

    def __init__(
        self,
        *,
        language: str,
        fillers: Iterable[str],
        weak: Iterable[str],
        elsewhere: Iterable[str],
        synonyms: Iterable[Sequence[str]],
        sounds_like: Mapping[str, Sequence[str]],
    ) -> None:
        self._stem = stemming(language)
        self._mended = Rewriting(str)
        self._runs = Rewriting(self._stem)
        self._same: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._fillers: set[str] = set()
        for word, misheard in sounds_like.items():
            for words in misheard:
                self._mended.add(tokens(words), word.lower())
        for group in synonyms:
            self._add_synonyms(group)
        for words in fillers:
            self._add_filler(words)
        self._weak = frozenset(self.canonical(word) for word in weak)
        self._elsewhere = frozenset(self.canonical(word) for word in elsewhere)
        self._bags: dict[str, Bag] = {}

    def meanings(self, words: Sequence[Token]) -> list[Meaning]:
        """The words that carry meaning, in the order they were said; if none does, the words as a whole."""
        said = self._runs.apply(self._mended.apply(words))
        content = [token.text not in self._fillers for token in said]
        found = []
        for token, counts, polarity in zip(said, content, polarities(said, content), strict=True):
            if counts and polarity is not None:
                stem = self.canonical(token.text)
                found.append(Meaning(stem=stem, polarity=polarity, weak=stem in self._weak, text=token.text))
        return found or _verbatim(said)

    def bag(self, phrase: str) -> Bag:
        """What a phrase of a flow needs; kept, since many menus share the same phrases."""
        if phrase not in self._bags:
            found = self.meanings(tokens(phrase))
            # The object of a negated verb is asked for as it is; the negated verb gives the phrase its sense.
            needs = dict.fromkeys(meaning.feature.removeprefix("~") for meaning in found)
            weak = all(meaning.weak for meaning in found)
            self._bags[phrase] = Bag(needs=tuple(needs), said=tuple(found), weak=weak)
        return self._bags[phrase]

    def canonical(self, word: str) -> str:
        """The stem that stands for the word and all its synonyms."""
        word = word.lower()
        stem: str = self._stem(word)
        return self._words.get(word) or self._same.get(stem, stem)

    def knows(self, stem: str) -> bool:
        """Whether the vocabulary itself gives the stem a meaning, apart from any topic's phrases."""
        return stem in self._weak or stem in self._same or stem in self._elsewhere

    def is_elsewhere(self, stem: str) -> bool:
        """Whether the stem belongs to a matter nobody calls here for."""
        return stem in self._elsewhere

    def forms(self, words: Iterable[str], stems: Collection[str]) -> dict[str, str]:
        """How the stems may be written: by these words, by synonyms, and by the bare stems of both."""
        forms: dict[str, str] = {}
        for word in sorted({*words, *self._words}):
            stem = self.canonical(word)
            if stem not in stems:
                continue
            forms[word] = stem
            bare = self._stem(word)
            # Much shorter than its word, a stem has neighbours of its own: "internat" and "internet".
            if len(word) - len(bare) <= _ENDING:
                forms[bare] = stem
        return forms

    def _add_synonyms(self, group: Sequence[str]) -> None:
        # Words that are no kin may share a stem ("activity", "activate"): the word itself tells them apart.
        first = group[0].lower()
        stem = self._stem(first)
        canonical = first if stem in self._same else stem
        for other in group:
            run = tokens(other)
            if len(run) == 1:
                self._words[run[0].text] = canonical
                self._same.setdefault(self._stem(run[0].text), canonical)
            else:
                self._runs.add(run, first)

    def _add_filler(self, words: str) -> None:
        # "its" is opened like a contraction: its parts are fillers each, not a run that hides them from a negation.
        if " " in words:
            self._runs.add(tokens(words), None)
        else:
            self._fillers.update(token.text for token in tokens(words))


def _verbatim(said: Sequence[Token]) -> list[Meaning]:
    # "I don't know" is made of fillers, and still an answer where an option has that very phrase.
    words = " ".join(token.text for token in said if token.text not in _HESITATIONS)
    return [Meaning(stem="=" + words, polarity=Polarity.PLAIN, weak=True, text=words)] if words else []
