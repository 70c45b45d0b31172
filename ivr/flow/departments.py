"""Departments: when they are open, how long they keep callers waiting, and how they answer."""

import re
from datetime import datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ivr.flow.closed import Closed, DepartmentId, Prompt, Seconds, Switch, Text

_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")


class Day(StrEnum):
    """A day of the week, in Python's order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_GROUPS = {"weekdays": tuple(Day)[:5], "weekend": tuple(Day)[5:], "daily": tuple(Day)}


class Span(Closed):
    """Hours of one day, in minutes after midnight; the end is not included."""

    opens: Annotated[int, Field(ge=0, lt=1440)]
    closes: Annotated[int, Field(gt=0, le=1440)]

    def __str__(self) -> str:
        return f"{_clock(self.opens)} to {_clock(self.closes)}"


def _span(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _HOURS.match(value)
    if match is None:
        raise ValueError(f"'{value}' are no hours, expected HH:MM-HH:MM such as 08:00-20:00")
    hours = [int(part) for part in match.groups()]
    opens, closes = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if closes <= opens or closes > 1440:
        raise ValueError(f"'{value}' ends before it begins; a night is written as two days' hours")
    return {"opens": opens, "closes": closes}


def _clock(minutes: int) -> str:
    if minutes in (0, 1440):
        return "midnight"
    shown = time(minutes // 60, minutes % 60)
    hour = shown.hour % 12 or 12
    half = "a.m." if shown.hour < 12 else "p.m."
    return f"{hour}:{shown.minute:02} {half}" if shown.minute else f"{hour} {half}"


def _weekdays(value: object) -> object:
    """`weekdays`, `weekend` and `daily` stand for their days; `always` for no hours at all."""
    if value == "always":
        return {}
    if not isinstance(value, dict):
        return value
    unknown = [key for key in value if key not in (*_GROUPS, *Day)]
    if unknown:
        raise ValueError(f"'{unknown[0]}' are no days, expected some of {', '.join((*_GROUPS, *Day))}, or always")
    return {day: _span(hours) for key, hours in value.items() for day in _GROUPS.get(key, (key,))}


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"'{name}' is no time zone, expected a name such as America/New_York") from None
    return name


Hours = Annotated[
    dict[Day, Span],
    BeforeValidator(_weekdays, json_schema_input_type=dict[str, str] | str),
]


class Wait(Closed):
    """How long the hold lasts, in seconds: drawn evenly from `shortest` to `longest`."""

    shortest: Seconds
    longest: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.shortest > self.longest:
            raise ValueError(f"shortest {self.shortest:g} is above longest {self.longest:g}")
        return self

    @property
    def expected(self) -> float:
        """The mean, in seconds."""
        return (self.shortest + self.longest) / 2


class Department(Closed):
    """One department. `hours: always` means day and night; `callback: on` offers one while holding."""

    name: Text
    hours: Hours
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "America/New_York"
    wait: Wait
    announce_every: Annotated[float, Field(ge=10, le=300)] = 30.0
    holding: Prompt = ("All of our representatives are helping other callers.",)
    callback: Switch = False
    greeting: Prompt

    def is_open(self, now: datetime) -> bool:
        """Whether the department answers at `now` (any time zone)."""
        if not self.hours:
            return True
        there = now.astimezone(self.zone)
        span = self.hours.get(list(Day)[there.weekday()])
        return span is not None and span.opens <= there.hour * 60 + there.minute < span.closes

    @property
    def always_open(self) -> bool:
        """Whether it never closes."""
        return not self.hours

    @cached_property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def hours_in_words(self) -> str:
        """Its hours as a prompt says them."""
        runs: list[tuple[Day, Day, Span]] = []
        for day in Day:
            span = self.hours.get(day)
            if span is None:
                continue
            follows = runs and runs[-1][2] == span and list(Day).index(runs[-1][1]) + 1 == list(Day).index(day)
            runs[-1:] = [(runs[-1][0], day, span)] if follows else [*runs[-1:], (day, day, span)]
        return ", ".join(_run(*run) for run in runs) or "day and night"


def _run(first: Day, last: Day, span: Span) -> str:
    days = first.capitalize() if first is last else f"{first.capitalize()} to {last.capitalize()}"
    return f"{days}, {span}"


class Departments(Closed):
    """The file of departments."""

    departments: Annotated[dict[DepartmentId, Department], Field(min_length=1)]
