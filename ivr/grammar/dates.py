"""Dates, canonically ISO. Callers speak of what has been: a day without a year is the last such day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from ivr.grammar.numbers import Number, number_at, words_of

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_OF: Final = (
    {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
    | {name.lower()[:3]: number for number, name in enumerate(MONTHS, start=1)}
    | {"sept": 9}
)
_SPANS: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14}
_LEAP_CYCLE: Final = 9
"""Years back after which 29 February must have come: eight across a century that skips one."""
_FARTHEST: Final = 3_000
"""Days back or ahead that "... days ago" may reach."""


def from_keys(keys: str, today: date) -> str | None:
    """MMDD, the nearest such day that is not in the future; or MMDDYYYY."""
    if not (keys.isascii() and keys.isdigit()):
        return None
    if len(keys) == 4:
        return _iso(_latest(int(keys[:2]), int(keys[2:]), today))
    if len(keys) == 8:
        return _iso(_day(int(keys[4:]), int(keys[:2]), int(keys[2:4])))
    return None


def from_words(words: str, today: date) -> str | None:
    """A date named, numbered, or told from today: "march third", "3/4", "last tuesday", "two days ago"."""
    text = words.lower()
    numbered = _numbered(text, today)
    if numbered is not None:
        return _iso(numbered)
    spoken = [word for word in words_of(text) if word not in ("the", "of", "on", "was", "is", "it", "a", "an")]
    for reading in (_relative, _named, _weekday, _day_of_month):
        found = reading(spoken, today)
        if found is not None:
            return _iso(found)
    return _digits_spoken(spoken, today)


def said(value: str) -> str:
    """Month and day; the year is left to the caller's memory of it."""
    day = date.fromisoformat(value)
    return f"{MONTHS[day.month - 1]} {day.day}"


def _numbered(text: str, today: date) -> date | None:
    iso = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    american = re.search(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?![\d/])", text)
    if not american:
        return None
    month, day = int(american[1]), int(american[2])
    if american[3] is None:
        return _latest(month, day, today)
    year = int(american[3])
    return _day(year if year >= 100 else 2000 + year, month, day)


def _relative(words: Sequence[str], today: date) -> date | None:
    text = " ".join(words)
    for phrase, days in (
        ("day before yesterday", -2),
        ("day after tomorrow", 2),
        ("yesterday", -1),
        ("last night", -1),
        ("tomorrow", 1),
        ("today", 0),
        ("tonight", 0),
        ("this morning", 0),
        ("this afternoon", 0),
    ):
        if re.search(rf"\b{phrase}\b", text):
            return today + timedelta(days=days)
    return _ago(words, today)


def _ago(words: Sequence[str], today: date) -> date | None:
    if "ago" not in words:
        return None
    at = words.index("ago")
    span = _SPANS.get(words[at - 1]) if at else None
    if span is None:
        return None
    count = 1
    for start in range(at - 1):
        found = number_at(words, start)
        if found is not None and found[1] == at - 1:
            count = found[0].value
            break
    else:
        if at > 1 and words[at - 2] in ("couple", "few"):
            return today - timedelta(days=2 * span) if words[at - 2] == "couple" else None
    days = count * span
    return today - timedelta(days=days) if days <= _FARTHEST else None


def _named(words: Sequence[str], today: date) -> date | None:
    """ "March third", "the third of march", either with a year."""
    at = next((at for at, word in enumerate(words) if word in _MONTH_OF and _beside_number(words, at)), None)
    if at is None:
        return None
    month = _MONTH_OF[words[at]]
    after = _numbers(words[at + 1 :])
    before = _numbers(words[:at])
    if before and (before[-1].ordinal or not after or after[0].value > 31):
        day, rest = before[-1].value, after
    elif after:
        day, rest = after[0].value, after[1:]
    else:
        return None
    if not rest:
        return _latest(month, day, today)
    year = _year(rest)
    return None if year is None else _day(year, month, day)


def _beside_number(words: Sequence[str], at: int) -> bool:
    # "may" and "march" are words too.
    return bool(_numbers(words[at + 1 : at + 3]) or _numbers(words[max(0, at - 2) : at]))


def _weekday(words: Sequence[str], today: date) -> date | None:
    """The latest such day before today; "next" and "this coming" look ahead."""
    at = next((at for at, word in enumerate(words) if word.removesuffix("'s") in _WEEKDAYS), None)
    if at is None:
        return None
    wanted = _WEEKDAYS.index(words[at].removesuffix("'s"))
    if at and words[at - 1] in ("next", "coming"):
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _day_of_month(words: Sequence[str], today: date) -> date | None:
    """ "The third": of this month, or of the last one that has it."""
    numbers = _numbers(words)
    if len(numbers) != 1 or not numbers[0].ordinal or not 1 <= numbers[0].value <= 31:
        return None
    for back in range(4):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        found = _day(year, month + 1, numbers[0].value)
        if found is not None and found <= today:
            return found
    return None


def _digits_spoken(words: Sequence[str], today: date) -> str | None:
    """Digits as they would be keyed: "oh three oh four"."""
    numbers = _numbers(words)
    return None if any(number.ordinal for number in numbers) else from_keys("".join(n.text for n in numbers), today)


def _numbers(words: Sequence[str]) -> list[Number]:
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is not None:
            found.append(number[0])
        at = at + 1 if number is None else number[1]
    return found


def _year(numbers: Sequence[Number]) -> int | None:
    """ "Two thousand twenty five", "twenty twenty five", "2025", "25"."""
    values = [number.value for number in numbers]
    match values:
        case [year] if 1900 <= year < 2200:
            return year
        case [year] if year < 100:
            return 2000 + year
        case [century, year] if century in (19, 20, 21) and year < 100:
            return century * 100 + year
        case _:
            return None


def _latest(month: int, day: int, today: date) -> date | None:
    for year in range(today.year, today.year - _LEAP_CYCLE, -1):
        found = _day(year, month, day)
        if found is not None and found <= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
