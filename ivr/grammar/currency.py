"""Amounts of money, canonically "42.10"."""

import re
from collections.abc import Sequence
from typing import Final

from ivr.grammar.numbers import Number, number_at, words_of

_DOLLARS: Final = frozenset({"dollar", "dollars", "buck", "bucks", "usd", "$"})
_CENTS: Final = frozenset({"cent", "cents"})
_MOST: Final = 10_000_000


def from_keys(keys: str) -> str | None:
    """Whole dollars, or dollars and cents with the star as decimal point: 42*10."""
    if not re.fullmatch(r"[0-9]{1,7}(\*[0-9]{1,2})?|\*[0-9]{2}", keys):
        return None
    dollars, _, cents = keys.partition("*")
    return f"{int(dollars or 0)}.{cents.ljust(2, '0')}"


def from_words(words: str) -> str | None:
    """ "Forty two dollars and ten cents", "forty two ten", "$42.10", "a dollar fifty", "ten cents"."""
    written = re.search(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)\.(\d{2})(?!\d)", words)
    if written:
        return _amount(int(written[1].replace(",", "")), int(written[2]))
    numbers, units = _read(words_of(re.sub(r"(?<=\d),(?=\d{3})", "", words)))
    if not numbers or len(numbers) > 3 or any(number.ordinal for number in numbers):
        return None
    values = [number.value for number in numbers]
    if units[0] == "cents":
        return _amount(0, values[0]) if len(values) == 1 else None
    if units[0] == "dollars":
        return _amount(values[0], _cents(values[1:]))
    return _unmarked(values)


def said(value: str) -> str:
    """Dollars and cents in words a voice reads well."""
    dollars, _, cents = value.partition(".")
    parts = []
    if int(dollars) or not int(cents or 0):
        parts.append(f"{int(dollars)} dollar{'' if int(dollars) == 1 else 's'}")
    if int(cents or 0):
        parts.append(f"{int(cents)} cent{'' if int(cents) == 1 else 's'}")
    return " and ".join(parts)


def _read(words: Sequence[str]) -> tuple[list[Number], list[str]]:
    """The numbers, and after each the unit that follows it, if any."""
    numbers: list[Number] = []
    units: list[str] = []
    at = 0
    while at < len(words):
        found = number_at(words, at)
        if found is None and words[at] in ("a", "one") and words[at + 1 : at + 2] == ["dollar"]:
            found = Number(value=1, text="1"), at + 1
        if found is None:
            at += 1
            continue
        number, at = found
        before = at > 1 and words[at - 2] == "$"
        after = words[at] if at < len(words) else ""
        numbers.append(number)
        units.append("dollars" if before or after in _DOLLARS else "cents" if after in _CENTS else "")
    return numbers, units


def _cents(values: Sequence[int]) -> int | None:
    """What is said after the dollars: "ten", "oh five"."""
    match values:
        case []:
            return 0
        case [cents]:
            return cents
        case [0, cents] if cents < 10:
            return cents
        case _:
            return None


def _unmarked(values: Sequence[int]) -> str | None:
    match values:
        case [dollars]:
            return _amount(dollars, 0)
        case [hundreds, rest] if hundreds < 10 <= rest < 100:
            # "One twenty" is a hundred and twenty; nobody says a dollar twenty so without the dollar.
            return _amount(hundreds * 100 + rest, 0)
        case [hundreds, rest, cents] if 0 < hundreds < 10 <= rest < 100 and cents >= 10:
            return _amount(hundreds * 100 + rest, cents)
        case [dollars, *rest]:
            return _amount(dollars, _cents(rest))
        case _:
            return None


def _amount(dollars: int, cents: int | None) -> str | None:
    if cents is None or not 0 <= cents < 100 or dollars >= _MOST:
        return None
    return f"{dollars}.{cents:02d}"
