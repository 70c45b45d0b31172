"""Digits, numbers and telephone numbers."""

import re
from collections.abc import Sequence
from typing import Final

from ivr.grammar.numbers import SCALES, TIMES, UNITS, number_at, words_of

_HEARD_FOR: Final = {"to": 2, "too": 2, "for": 4, "ate": 8, "won": 1}
"""What a recogniser writes for a digit, believed only among digits."""
_BETWEEN: Final = frozenset({"-", ".", "*", "/", "and", "then", "dash", "hyphen", "space", "um", "uh", "er"})
_MOST_DIGITS: Final = 64
_TOLL_FREE: Final = re.compile(r"^(\W*(?:(?:one|1)\W+)?)(?:eight|8)\W+hundred\b", re.IGNORECASE)


def from_keys(keys: str) -> str | None:
    """Digits as they were typed."""
    return keys if keys.isascii() and keys.isdigit() else None


def from_words(words: str) -> str | None:
    """One run of digits: "three seven eight two", "double oh five", "twenty two"; None for two runs, or none."""
    spoken = words_of(words.replace(",", " "))
    runs = _runs(spoken)
    return runs[0] if len(runs) == 1 and len(runs[0]) <= _MOST_DIGITS else None


def digit_runs(words: str) -> list[str]:
    """Every run of digits in words, in order."""
    return [run for run in _runs(words_of(words.replace(",", " "))) if len(run) <= _MOST_DIGITS]


def number_from_keys(keys: str) -> str | None:
    """A number; the star is its decimal point."""
    if not re.fullmatch(r"[0-9]+(\*[0-9]+)?", keys):
        return None
    return _plain(keys.replace("*", "."))


def number_from_words(words: str) -> str | None:
    """A number, perhaps negative, perhaps with decimals: "minus twelve point five"."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", words.lower())
    text = re.sub(r"(?<=\d)\.(?=\d)", " point ", text)
    negative = re.match(r"\s*(?:-|minus\b|negative\b)", text) is not None
    whole, _, decimals = text.partition(" point ")
    found = _only_number(words_of(whole))
    if found is None:
        return None
    after = from_words(decimals) if decimals else ""
    if after is None:
        return None
    return ("-" if negative else "") + _plain(f"{found}.{after}")


def phone(digits: str | None) -> str | None:
    """Ten digits; a leading 1 is the country's and is left out."""
    if digits is None:
        return None
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) == 10 else None


def phone_from_words(words: str) -> str | None:
    """Ten digits, said: "one eight hundred five two eight ..." begins with 1-800, and not with 1-805."""
    return phone(from_words(_TOLL_FREE.sub(r"\1eight zero zero", words)))


def phone_said(value: str) -> str:
    """Area code, exchange and line, with a pause between; in E.164 with the country's 1 before them."""
    national = value.removeprefix("+1")
    parts = (national[:3], national[3:6], national[6:])
    return ", ".join(" ".join(part) for part in (("1", *parts) if national != value else parts))


def _runs(words: Sequence[str]) -> list[str]:
    runs: list[str] = []
    at, gap = 0, True
    while at < len(words):
        found = _digits_at(words, at, inside=not gap)
        if found is None:
            gap = gap or words[at] not in _BETWEEN
            at += 1
            continue
        digits, at = found
        if gap:
            runs.append(digits)
        else:
            runs[-1] += digits
        gap = False
    return runs


def _digits_at(words: Sequence[str], at: int, *, inside: bool) -> tuple[str, int] | None:
    word = words[at]
    if word in TIMES and at + 1 < len(words):
        repeated = _one_digit(words[at + 1])
        return None if repeated is None else (repeated * TIMES[word], at + 2)
    if inside and word in _HEARD_FOR:
        return str(_HEARD_FOR[word]), at + 1
    found = number_at(words, at)
    if found is None or found[0].ordinal or word in ("a", "an"):
        return None
    return found[0].text, found[1]


def _one_digit(word: str) -> str | None:
    if word in UNITS:
        return str(UNITS[word])
    return word if len(word) == 1 and word.isdigit() else None


def _only_number(words: Sequence[str]) -> int | None:
    numbers = []
    at = 0
    while at < len(words):
        found = number_at(words, at)
        if found is None:
            at += 1
            continue
        numbers.append(found[0].value)
        at = found[1]
    if len(numbers) == 1:
        return numbers[0]
    digits = from_words(" ".join(words)) if numbers and not SCALES.keys() & set(words) else None
    return int(digits) if digits else None


def _plain(number: str) -> str:
    whole, _, decimals = number.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
