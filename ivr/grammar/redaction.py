"""Numbers taken out of what is kept of a caller's words."""

import re
import unicodedata
from typing import Final

from ivr.grammar.numbers import SCALES, TEENS, TENS, TIMES, UNITS

MARK: Final = "[number]"
_FEWEST: Final = 3
"""Digits that make a number worth hiding: the shortest thing keyed here that must not be kept has three."""
_BRIDGED: Final = 2
"""Other words that may stand within a number: "three seven, um, then eight"."""

_WORD: Final = re.compile(r"\w+")
_SOUNDS: Final = frozenset({"to", "too", "for", "won", "ate", "tree", "fife"})
_SPANISH: Final = frozenset({"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"})
_ORDINALS: Final = frozenset(
    {"first", "second", "third", "fifth", "eighth", "ninth", "twelfth", "fourth", "sixth", "seventh", "tenth"}
)
_ONE: Final = frozenset(UNITS) | _SPANISH | _ORDINALS
_TWO: Final = frozenset(TEENS) | frozenset(TENS)
_JOINED: Final = re.compile("(?:" + "|".join(sorted(_ONE - {"o"} | _TWO, key=len, reverse=True)) + ")+")


def redact(words: str) -> str:
    """Runs of three or more digits, written or spoken, together or apart, become "[number]"."""
    text = unicodedata.normalize("NFKC", words)
    found = list(_WORD.finditer(text))
    digits = [_digits(match[0].lower()) for match in found]
    spans = [(found[first].start(), found[last].end()) for first, last in _runs(found, digits)]
    for start, end in reversed(spans):
        text = text[:start] + MARK + text[end:]
    return text


def _runs(found: list[re.Match[str]], digits: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    first = last = None
    count = 0
    for at, amount in enumerate(digits):
        if not amount and not (first is not None and last == at - 1 and found[at][0].lower() in _SOUNDS):
            continue
        if first is None or last is None or at - last > _BRIDGED + 1:
            if first is not None and last is not None and count >= _FEWEST:
                runs.append((first, last))
            first, count = at, 0
        last = at
        count += amount or 1
    if first is not None and last is not None and count >= _FEWEST:
        runs.append((first, last))
    return runs


def _digits(word: str) -> int:
    """How many digits a word stands for, at most."""
    written = sum(character.isnumeric() for character in word)
    if written:
        return written
    if word in _ONE or word in TIMES:
        return 1
    if word in _TWO or word in SCALES:
        return 2
    return len(word) // 3 if _JOINED.fullmatch(word) else 0
