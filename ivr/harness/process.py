"""A process: something in the exchange that goes on by itself, such as Twilio running a document, or a caller's script.

It is a generator. It yields the time until which it listens (None: for ever) and is resumed with what happened, or with
None when the time came first. Thousands of them take turns on one thread, in an order that only the timeline decides.
"""

from collections.abc import Generator
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from ivr.harness.timeline import Milliseconds, Timeline

__all__ = ["Interruption", "Process", "Running", "TimeLimitReached"]

H = TypeVar("H")
T = TypeVar("T")

Running: TypeAlias = Generator[Milliseconds | None, H | None, T]


class Interruption(Exception):
    """Raised inside a process to end whatever it is doing."""


class TimeLimitReached(Interruption):
    """The process has lived as long as it may."""


class Process(Generic[H]):
    """A running generator and the timeline that resumes it."""

    __slots__ = ("_limit", "_running", "_timeline", "_wait", "done")

    def __init__(self, timeline: Timeline, running: Running[H, None]) -> None:
        self._timeline = timeline
        self._running = running
        self._wait = 0  # counts the waits, so that the timer of an earlier one wakes nobody
        self._limit: Milliseconds | None = None
        self.done = False

    def start(self) -> None:
        """Begin, once everything already due now has happened."""
        self._timeline.soon(partial(self._advance, None))

    def tell(self, happening: H) -> None:
        """Resume it with this."""
        self._timeline.soon(partial(self._advance, happening))

    def wake(self) -> None:
        """Resume it with nothing, as if its time had come."""
        self._timeline.soon(partial(self._advance, None))

    def limit(self, when: Milliseconds) -> None:
        """Raise TimeLimitReached in it at that time."""
        self._limit = when

    def throw(self, why: Interruption) -> None:
        """Interrupt it at once; only from an action of the timeline, never from inside a process."""
        self._advance(why)

    def _expire(self, wait: int) -> None:
        if wait != self._wait:
            return
        if self._limit is not None and self._timeline.now >= self._limit:
            self._limit = None
            self._advance(TimeLimitReached())
        else:
            self._advance(None)

    def _advance(self, happening: H | Interruption | None) -> None:
        if self.done:
            return
        self._wait += 1
        try:
            if isinstance(happening, Interruption):
                until = self._running.throw(happening)
            else:
                until = self._running.send(happening)
        except StopIteration:
            self.done = True
            return
        if self._limit is not None and (until is None or until > self._limit):
            until = self._limit
        if until is not None:
            self._timeline.at(until, partial(self._expire, self._wait))
