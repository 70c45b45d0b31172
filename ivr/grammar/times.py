"""Times of day, canonically "14:30"."""

import re
from collections.abc import Sequence
from typing import Final

from ivr.grammar.numbers import number_at, words_of

_FIRST_OF_THE_DAY: Final = 7
"""An hour from 1 to 12 without a.m. or p.m. is the one between seven in the morning and seven in the evening."""
_NAMED: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_PARTS: Final = {"quarter": 15, "half": 30}


def from_keys(keys: str) -> str | None:
    """HHMM or HMM on the 24-hour clock."""
    if not re.fullmatch(r"[0-9]{3,4}", keys):
        return None
    return _clock(int(keys[:-2]), int(keys[-2:]))


def from_words(words: str) -> str | None:
    """ "Half past two", "2:30 pm", "quarter to five in the afternoon", "noon"."""
    text = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", words.lower())
    text = re.sub(r"(?<=\d)(?=[ap]m\b)", " ", text)
    spoken = words_of(text.replace(":", " ").replace("o'clock", ""))
    named = next((_NAMED[word] for word in spoken if word in _NAMED), None)
    past = _past_or_to(spoken)
    hour, minute = past if past else _hour_and_minute(spoken)
    if hour is None:
        return named
    return _clock(_by_half(hour, spoken), minute)


def said(value: str) -> str:
    """On the twelve-hour clock, as an American voice reads it."""
    hour, minute = (int(part) for part in value.split(":"))
    half = "AM" if hour < 12 else "PM"
    return f"{(hour - 1) % 12 + 1}:{minute:02d} {half}"


def _past_or_to(words: Sequence[str]) -> tuple[int, int] | None:
    at = next((at for at, word in enumerate(words) if word in ("past", "after", "to", "till", "of")), None)
    if at is None or at == 0 or at + 1 >= len(words):
        return None
    hours = number_at(words, at + 1)
    minutes = _PARTS.get(words[at - 1]) or _number_before(words, at)
    if hours is None or not minutes:
        return None
    if words[at] in ("past", "after"):
        return hours[0].value, minutes
    return (hours[0].value - 2) % 12 + 1, 60 - minutes


def _number_before(words: Sequence[str], at: int) -> int | None:
    for start in range(at):
        found = number_at(words, start)
        if found is not None and found[1] in (at, at - 1):
            return found[0].value
    return None


def _hour_and_minute(words: Sequence[str]) -> tuple[int | None, int]:
    values: list[int] = []
    at = 0
    while at < len(words):
        found = number_at(words, at)
        if found is not None:
            values.append(found[0].value)
        at = at + 1 if found is None else found[1]
    match values:
        case [hour] if hour > 100:
            return divmod(hour, 100)
        case [hour]:
            return hour, 0
        case [hour, minute]:
            return hour, minute
        case [hour, 0, minute] if minute < 10:
            return hour, minute
        case _:
            return None, 0


def _by_half(hour: int, words: Sequence[str]) -> int:
    if not 1 <= hour <= 12:
        return hour
    if {"pm", "afternoon", "evening", "night", "tonight"} & set(words):
        return hour if hour == 12 else hour + 12
    if {"am", "morning"} & set(words):
        return hour % 12
    return hour if hour >= _FIRST_OF_THE_DAY else hour + 12


def _clock(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if 0 <= hour < 24 and 0 <= minute < 60 else None
