"""Structured logs: JSON for machines, lines for people, the call on each, and no number that somebody keyed or said.

Only log lines of the program itself say things about a call. What third parties log goes the same way, with every
number of three digits or more taken out; of an exception its kind and place remain, since its text may quote anything.
"""

import logging
import sys
import traceback
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from ivr.grammar import redact
from webhooks.settings import LogFormat

__all__ = ["about_call", "about_nothing", "call_at_hand", "logger", "logging_config", "place"]

PLAIN = frozenset({"at", "call", "error", "level", "logger", "route", "timestamp", "version"})
"""What the program itself writes, and what may well have digits."""

_call: ContextVar[str | None] = ContextVar("call", default=None)

_REDACTED_LENGTH = 2000
"""Characters of one value that are looked at; the rest is cut off."""


def logger(name: str) -> BoundLogger:
    """A logger that needs no configuration, as the `logging` module's own do."""
    processors = [structlog.stdlib.filter_by_level, *_SHARED, ProcessorFormatter.wrap_for_formatter]
    wrapped = structlog.wrap_logger(logging.getLogger(name), processors=processors, wrapper_class=BoundLogger)
    return cast(BoundLogger, wrapped)


def about_call(call: str) -> None:
    """Puts a call's id on every line that is written in this request from now on."""
    _call.set(call)


def about_nothing() -> None:
    """Takes it off again."""
    _call.set(None)


def call_at_hand() -> str | None:
    """The call that this request is about, once it is known."""
    return _call.get()


def place(error: BaseException) -> str:
    """Where an exception was raised, as file:line. Its text is left out: it may quote what the caller said or keyed."""
    return _places(error.__traceback__)[-1] if error.__traceback__ else "nowhere"


def logging_config(form: LogFormat, level: str = "INFO") -> dict[str, object]:
    """For `logging.config.dictConfig`: all that is logged in this process, to standard error."""
    renderer: Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = {
        "()": ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [ProcessorFormatter.remove_processors_meta, renderer],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ivr": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "ivr"}},
        "root": {"level": level.upper(), "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": level.upper(), "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},  # it quotes query strings
        },
    }


def _with_call(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    call = _call.get()
    return event if call is None else {"call": call, **event}


def _without_text(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An exception as its kind and the places it came through."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = " ".join(_places(error.__traceback__))
    return event


def _redacted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Without the numbers; but the server tells addresses and process ids when it starts, and quotes nobody then."""
    if event.get("logger") == "gunicorn.error" and event.get("level") == "info":
        return event
    for name, value in event.items():
        if name not in PLAIN and not name.startswith("_") and isinstance(value, str):
            event[name] = redact(value[:_REDACTED_LENGTH])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]


_SHARED: list[Processor] = [
    _with_call,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_text,
    _redacted,
]
