"""Words misheard for the menu's own: "act of eight" sounds like "activate"."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ivr.grammar.tokens import Token

_LONGEST_RUN: Final = 5
"""Words that one word or phrase may have been torn into."""
_LONGEST_TURN: Final = 16
"""Words of a turn that are listened to this closely; who says more says it more than once."""
_ENOUGH: Final = 5
"""Consonants that make a coincidence unlikely."""
_ENOUGH_FOR_STRANGE: Final = 4
"""And of a single word that has no place on the menu."""

_ENOUGH_AT_LARGE: Final = 7
"""And of a whole turn in which one of them may be wrong."""
_ALIKE: Final = 55
_ALIKE_AT_LARGE: Final = 75
_VOWELS: Final = frozenset("aeiouy")

# English spelling to the consonants an ear keeps apart over a telephone: voiced and unvoiced are one.
_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ght", "t"),
        (r"gh|^k(?=n)|^w(?=r)", ""),
        (r"ph", "f"),
        (r"(?<=[a-z])(?:[cst]i(?=[aou])|t(?=ure))", "J"),
        (r"ch(?=r|l|oi|aos)", "k"),
        (r"t?ch|sh|dg(?=[eiy])|j|g(?=[eiy])", "J"),
        (r"th", "t"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"w(?![aeiou])|h", ""),
        (r"z", "s"),
        (r"v", "f"),
        (r"d", "t"),
        (r"b", "p"),
        (r"g", "k"),
        (r"^[aeiouy]+", "A"),
        (r"[aeiouy]+", "-"),
        (r"([a-zJ])\1+", r"\1"),
        (r"-", ""),
    )
)


@lru_cache(maxsize=20_000)
def skeleton(words: str) -> str:
    """What is left of words without spaces and vowels, as an ear might keep it."""
    text = "".join(character for character in words.lower() if character.isalpha())
    for pattern, sound in _RULES:
        text = pattern.sub(sound, text)
    return text


class Sounds:
    """The words and phrases of a menu by their sound."""

    def __init__(self, phrases: Iterable[str], known: Callable[[str], bool]) -> None:
        self._known = known
        self._words = {word for phrase in phrases for word in phrase.lower().split()}
        self._by_sound: dict[str, str] = {}
        for text in sorted(self._words) + sorted(phrases):
            self._by_sound.setdefault(skeleton(text), text.lower())

    def mended(self, words: Sequence[Token]) -> str | None:
        """The words with what sounds like the menu's put right, the longest runs first; None if nothing was."""
        texts = [word.text for word in words[:_LONGEST_TURN]]
        known = [text in self._words or self._known(text) for text in texts]
        changed = False
        at = 0
        said: list[str] = []
        while at < len(texts):
            length, text = self._sounding(texts, known, at)
            changed = changed or text is not None
            said.append(text or texts[at])
            at += length
        return " ".join(said) if changed else self._nearest(texts)

    def _sounding(self, texts: Sequence[str], known: Sequence[bool], at: int) -> tuple[int, str | None]:
        for length in range(min(_LONGEST_RUN, len(texts) - at), 0, -1):
            if all(known[at : at + length]):
                continue
            run = texts[at : at + length]
            sound = skeleton("".join(run))
            text = self._by_sound.get(sound)
            enough = _ENOUGH_FOR_STRANGE if length == 1 else _ENOUGH
            if text is not None and len(sound) >= enough and _alike("".join(run), text, _ALIKE):
                return length, text
        return 1, None

    def _nearest(self, texts: Sequence[str]) -> str | None:
        """The phrase that a short turn as a whole comes near to in sound."""
        turn = "".join(texts)
        sound = skeleton(turn)
        if not 1 < len(texts) <= _LONGEST_RUN or len(sound) < _ENOUGH_AT_LARGE:
            return None
        found = process.extractOne(sound, self._by_sound.keys(), scorer=OSA.distance, score_cutoff=1)
        text = self._by_sound[found[0]] if found else None
        return text if text is not None and _alike(turn, text, _ALIKE_AT_LARGE) else None


def _alike(heard: str, text: str, least: int) -> bool:
    """Consonants alone may agree by chance: most letters must too, and a vowel that comes first."""
    meant = text.replace(" ", "")
    first = heard[0] == meant[0] or not {heard[0], meant[0]} & _VOWELS
    return first and fuzz.ratio(heard, meant) >= least
