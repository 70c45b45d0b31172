"""Numbers as they are spoken: "three hundred nineteen" is one number, "nineteen ninety nine" two."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "twentieth": 20,
    "thirtieth": 30,
}

UNITS: Final[dict[str, int]] = {word: value for value, word in enumerate(_DIGITS)} | {
    "oh": 0,
    "o": 0,
    "nought": 0,
    "niner": 9,
}
"""Words for one digit."""
TEENS: Final = {word: value for value, word in enumerate(_TEENS, start=10)}
TENS: Final[dict[str, int]] = dict(zip(_TENS, range(20, 100, 10), strict=True)) | {"fourty": 40}
SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
TIMES: Final = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![a-z\d])|[a-z]+(?:'[a-z]+)?|\d+|[/$%.*-]")
_ORDINAL_DIGITS: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, kw_only=True)
class Number:
    """A spoken or written number. `text` keeps the leading zeros of what came in digits."""

    value: int
    text: str
    ordinal: bool = False


def words_of(text: str) -> list[str]:
    """Lower-case words, digit groups and signs; hyphens between words part them."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _WORD.findall(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", folded))


def number_at(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    """The longest number that starts at a word, and where the words go on after it."""
    word = words[at]
    ordinal_digits = _ORDINAL_DIGITS.fullmatch(word)
    if ordinal_digits:
        return Number(value=int(ordinal_digits[1]), text=ordinal_digits[1], ordinal=True), at + 1
    if word.isascii() and word.isdigit():
        return Number(value=int(word), text=word), at + 1
    return _spoken(words, at)


def _spoken(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    total, part, ordinal, end = 0, None, False, at
    article = words[at] in ("a", "an")
    if article:
        if at + 1 == len(words) or words[at + 1] not in SCALES:
            return None
        part, end = 1, at + 1
    while end < len(words) and not ordinal:
        small = _below_hundred(words, end)
        word = words[end]
        if small is not None and (part is None or (part >= 100 and part % 100 == 0)):
            value, end, ordinal = small
            part = (part or 0) + value
        elif word == "hundred" and part is not None and 0 < part < 100:
            part, end = part * 100, end + 1
        elif (
            word in ("thousand", "million") and part is not None and 0 < part < 1000 and SCALES[word] < (total or 10**9)
        ):
            total, part, end = total + part * SCALES[word], None, end + 1
            if end == len(words) or (_below_hundred(words, end) is None and words[end] != "and"):
                break
        elif word == "and" and _continues(words, end + 1, total, part):
            end += 1
        else:
            break
    if part is None and not total:
        return None
    value = total + (part or 0)
    return Number(value=value, text=str(value), ordinal=ordinal), end


def _continues(words: Sequence[str], at: int, total: int, part: int | None) -> bool:
    # "two hundred and five" is one number; "five and ten" is two.
    whole = (part is not None and part >= 100 and part % 100 == 0) or (part is None and total > 0)
    return whole and at < len(words) and _below_hundred(words, at) is not None


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int, bool] | None:
    """A number from 0 to 99: value, where it ends, whether it is an ordinal."""
    word = words[at]
    if word in TENS:
        if at + 1 < len(words):
            unit, ordinal = _unit(words[at + 1])
            if unit:
                return TENS[word] + unit, at + 2, ordinal
        return TENS[word], at + 1, False
    if word in TEENS:
        return TEENS[word], at + 1, False
    unit, ordinal = _unit(word)
    return None if unit is None else (unit, at + 1, ordinal)


def _unit(word: str) -> tuple[int | None, bool]:
    if word in UNITS:
        return UNITS[word], False
    if word in _ORDINALS:
        return _ORDINALS[word], True
    stem = word.removesuffix("th")
    if stem != word:
        value = UNITS.get(stem, TEENS.get(stem))
        return value, value is not None
    return None, False
