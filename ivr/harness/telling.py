"""A transcript for people, line by line, and as JSON for programs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from itertools import groupby
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

from ivr.harness import events
from ivr.harness.fetch.page import page_lines

__all__ = ["Json", "as_json", "event_name", "lines_of", "transcript_of"]

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

# What every request of a call says again; a line about one request leaves it out.
OF_EVERY_REQUEST = frozenset(
    {"CallSid", "AccountSid", "ApiVersion", "From", "To", "Caller", "Called"}
    | {"Direction", "ParentCallSid", "CallStatus", "msg"}
)


def event_name(event: events.Event) -> str:
    """What an event is called in JSON: its own name in lower case; a failure is a warning of the level `error`."""
    match event:
        case events.Warned() | events.Failed():
            return "warning"
        case _:
            return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__)[1:]


def as_json(event: events.Event) -> dict[str, Json]:
    """The event's name, its time in seconds, and what it says."""
    told: dict[str, Json] = {"event": event_name(event), "at": event.at}
    match event:
        case events.Requested():
            told |= {
                "purpose": event.purpose,
                "method": event.method,
                "url": event.url,
                "params": dict(event.params),
                "status": event.status,
                "ms": event.ms,
                "problem": None if event.problem is None else event.problem.text,
            }
        case events.Failed():
            told |= {"level": "error", "code": event.code, "line": None, "text": event.text}
        case events.Warned():
            told |= {"level": "warning", "code": event.code, "line": event.line or None, "text": event.text}
        case _:
            told |= {field.name: _json(getattr(event, field.name)) for field in fields(event) if field.name != "at"}
    return told


def _json(value: object) -> Json:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return _json(value.value)
        case str():
            return value
        case Mapping():
            return {str(name): _json(each) for name, each in value.items()}
        case tuple() | list():
            return [_json(each) for each in value]
        case _:
            return str(value)


def transcript_of(transcript: Iterable[events.Event]) -> str:
    """The whole of it, with its requests: what a failed test shows."""
    return "\n".join(lines_of(transcript, requests=True)) or "  (nothing has happened yet)"


def lines_of(transcript: Iterable[events.Event], *, requests: bool) -> Iterator[str]:
    """Lines with their times, without a newline; keys pressed in one go are one line, and so is what is repeated."""
    told = (event for event in transcript if requests or not isinstance(event, events.Requested))
    for _, group in groupby(told, key=_alike):
        alike = list(group)
        if isinstance(alike[0], events.Pressed):
            yield from _pressed([event for event in alike if isinstance(event, events.Pressed)])
            continue
        for event in alike if len(alike) <= MOST_ALIKE else alike[:1]:
            yield from _timed(event.at, _told(event))
        if len(alike) > MOST_ALIKE:
            yield from _timed(alike[-1].at, [f"      (the same again, {len(alike) - 1} times)"])


def _alike(event: events.Event) -> object:
    """What is equal for events that are told together."""
    match event:
        case events.Pressed():
            return events.Pressed
        case events.Heard(text=text):
            return events.Heard, text
        case events.Played(sound=sound):
            return events.Played, sound
        case _:
            return id(event)


def _pressed(keys: list[events.Pressed]) -> Iterator[str]:
    yield from _timed(keys[0].at, [f"YOU   press {''.join(event.key for event in keys)}"])


def _timed(at: float, lines: Iterable[str]) -> Iterator[str]:
    """The first line with its time, the others below it: `  1:05.2  text`."""
    whole, tenths = divmod(round(at * 10), 10)
    time = f"{whole // 60}:{whole % 60:02}.{tenths}"
    for line in lines:
        yield f"{time:>8}  {line}"
        time = ""


def _told(event: events.Event) -> Iterator[str]:
    match event:
        case events.Heard():
            yield f"LINE  {event.text}"
        case events.CutOff():
            yield f'      (broken off after "{event.heard}")' if event.heard else "      (broken off at once)"
        case events.Played():
            yield f"♪     {event.sound}"
        case events.Spoke():
            yield f"YOU   say {event.words}"
        case events.Requested():
            yield from _requested(event)
        case events.Warned():
            line = f", line {event.line}" if event.line else ""  # 0 where it is of no document
            yield f"!     {event.code}{line}: {event.text}"
        case events.Failed():
            yield f"!     {event.code}: {event.text}"
        case _:
            yield f"      {_progress(event)}"


def _progress(event: events.Event) -> str:
    match event:
        case events.Placed():
            return f"placed over REST, from {event.caller} to {event.to}"
        case events.Dialled():
            return f"dialled {event.to}"
        case events.Queued():
            return f"queued in {event.queue}, at place {event.position}"
        case events.Recorded():
            return f'recorded {event.seconds} s: "{event.words}"'
        case events.MessageLeft():
            return f'left a message: "{event.words}"'
        case events.NotPlayed():
            return f"not played: {event.what}"
        case events.Unheard(takes=takes):
            return f"unheard: the question takes {'keys' if 'dtmf' in takes else 'speech'} only"
        case events.NoEffect():
            return f"no effect here: <{' '.join((event.element, *event.attributes))}>, line {event.line}"
        case events.Ended():
            return f"{event.status}: {event.reason}, after {event.seconds} s"
        case _:
            said = (f"{field.name} {getattr(event, field.name)}" for field in fields(event) if field.name not in _QUIET)
            return " ".join([event_name(event), ", ".join(said)]).rstrip()


_QUIET = frozenset({"at", "sid"})
MOST_ALIKE = 3  # as often as a menu is repeated
LONGEST_PAGE = 20  # lines of what a refused request was answered


def _requested(event: events.Requested) -> Iterator[str]:
    own = " ".join(f"{name}={value}" for name, value in event.params.items() if name not in OF_EVERY_REQUEST)
    answer = event.status if event.problem is None else f"no answer: {event.problem.text}"
    yield " ".join(filter(None, [f"→     {event.method} {_shown(event)}", own, f"→ {answer}"]))
    if event.crash:
        yield from (f"        {line}" for line in event.crash.rstrip().splitlines())
    elif event.response is not None and event.response.status >= 400:
        yield from (f"        {line}" for line in page_lines(event.response)[:LONGEST_PAGE])


def _shown(event: events.Requested) -> str:
    """Its URL as it was requested; for a GET without Twilio's parameters, which are shown beside it."""
    if event.method != "GET":
        return event.url
    parts, told = urlsplit(event.url), event.params.items()
    own = [pair for pair in parts.query.split("&") if not any(each in told for each in parse_qsl(pair, True))]
    return parts._replace(query="&".join(own)).geturl()
