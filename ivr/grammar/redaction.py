"""Numbers taken out of what is kept of a caller's words."""

import re
import unicodedata
from itertools import groupby
from typing import Final

from ivr.grammar.numbers import SCALES, TEENS, TENS, TIMES, UNITS

MARK: Final = "[number]"
_FEWEST: Final = 3
"""Digits that make a number worth hiding: the shortest thing keyed here that must not be kept has three."""
_BRIDGED: Final = 2
"""Other words that may stand within a number: "three seven, um, then eight"."""

_WORD: Final = re.compile(r"\w+")
_SOUNDS: Final = frozenset({"to", "too", "for", "fore", "won", "ate", "tree", "fife", "sex", "sree", "nein"})
"""Words that are taken for digits where digits stand around them, or nothing else does."""
_NOTHING: Final = frozenset({"aught", "naught", "ought", "nil", "null", "zip", "zilch"})
_LOOKALIKES: Final = frozenset("oOlI")
"""Letters that stand for 0 and 1 in a word that has digits."""
_SPANISH: Final = frozenset({"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"})
_ORDINALS: Final = frozenset(
    {"first", "second", "third", "fifth", "eighth", "ninth", "twelfth", "fourth", "sixth", "seventh", "tenth"}
)
_ONE: Final = frozenset(UNITS) | _SPANISH | _ORDINALS | _NOTHING
_TWO: Final = frozenset(TEENS) | frozenset(TENS)
_JOINED: Final = re.compile("(?:" + "|".join(sorted(_ONE - {"o"} | _TWO, key=len, reverse=True)) + ")+")


def redact(words: str) -> str:
    """Runs of three or more digits, written or spoken, together or apart, become "[number]"."""
    text = unicodedata.normalize("NFKC", words)
    found = list(_WORD.finditer(text))
    digits = _amounts([match[0] for match in found])
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


def _amounts(words: list[str]) -> list[int]:
    """How many digits each word stands for. Of three digits or sounds of digits in a row, each is a digit."""
    amounts = [_digits(word, before) for word, before in zip(words, ["", *words], strict=False)]
    for digits, group in groupby(range(len(words)), lambda at: bool(amounts[at]) or words[at].lower() in _SOUNDS):
        row = list(group)
        if digits and len(row) >= _FEWEST:
            for at in row:
                amounts[at] = amounts[at] or 1
    return amounts


def _digits(spelled: str, before: str) -> int:
    """How many digits a word stands for, at most; `before` is the word before it, which may be "triple"."""
    word = spelled.lower()
    if any(character.isnumeric() for character in word):
        return sum(character.isnumeric() or character in _LOOKALIKES for character in spelled)
    if word in _ONE:
        return TIMES.get(before.lower(), 1)
    if word in TIMES:
        return 0
    if word in _TWO or word in SCALES:
        return 2
    return len(word) // 3 if _JOINED.fullmatch(word) else 0
