"""What is printed of a call as it goes: a transcript to read, or JSON lines."""

import json
from collections.abc import Callable, Sequence

from ivr.cli.columns import in_columns
from ivr.harness import Call, Direction, events
from ivr.harness.errors import Unmet
from ivr.harness.telling import Json, as_json, lines_of

__all__ = ["Reporter"]

INDENT = 16
"""Columns for the time, and for who it was."""


class Reporter:
    """Prints what is new in a call, and in those that it dialled or that REST placed.

    Of those, documents that could not be had are told, as JSON requests and warnings too, and of one that REST placed
    that it was, whether somebody answered, and how it ended; `trace` tells everything. Where nobody here is the caller
    all calls are told of alike. To people, requests and what has no effect are told with `trace` only.
    Lines are broken between words where they have more than `width` columns.
    """

    def __init__(self, write: Callable[[str], None], *, as_json: bool, trace: bool, width: int | None = None) -> None:
        self.as_json = as_json
        self._width = width
        self._write = write
        self._trace = trace
        self._caller: str | None = None
        self._calls: Callable[[], Sequence[Call]] = tuple
        self._told: dict[str, int] = {}

    def follow(self, call: Call | None, calls: Callable[[], Sequence[Call]]) -> None:
        """From now on the caller's call is told of, if there is one here, and all of the exchange's `calls`."""
        self._caller, self._calls = None if call is None else call.sid, calls

    def paced(self, sleep: Callable[[float], None]) -> Callable[[float], None]:
        """For an exchange in real time: tell what happened before time passes."""

        def pace(seconds: float) -> None:
            self.flush()
            sleep(seconds)

        return pace

    def flush(self) -> None:
        """Print what is new."""
        news = [(leg, event) for leg in self._calls() for event in self._new(leg)]
        news.sort(key=lambda told: told[1].at)
        if self.as_json:
            self._print_json(news)
        else:
            self._print_lines(news)

    def unmet(self, problem: Unmet, where: str | None, line: int | None) -> None:
        """Print an expectation that did not come true."""
        if self.as_json:
            told: dict[str, Json] = {"event": "unmet", "expected": problem.expected, "instead": problem.instead}
            self._write(json.dumps(told | {"file": where, "line": line}))

    def left_over(self, steps: list[str]) -> None:
        """Print the steps that the call ended before."""
        if self.as_json:
            self._write(json.dumps({"event": "left-over", "steps": steps}))
        else:
            self._write(f"Not played, because the call had ended: {'; '.join(steps)}")

    def _new(self, leg: Call) -> tuple[events.Event, ...]:
        told = self._told.get(leg.sid, 0)
        self._told[leg.sid] = len(leg.transcript)
        return leg.transcript[told:]

    def _print_json(self, news: list[tuple[Call, events.Event]]) -> None:
        for leg, event in news:
            about_app = isinstance(event, events.Requested | events.Warned)
            if about_app or self._tells(leg, event):
                self._write(json.dumps(as_json(event) | {"call": leg.sid}, ensure_ascii=False))

    def _print_lines(self, news: list[tuple[Call, events.Event]]) -> None:
        for leg, told in _runs(news):
            if leg.sid == self._caller:
                prefix = ""
            else:
                prefix = f"[{leg.to} inbound] " if leg.direction is Direction.INBOUND else f"[{leg.to}] "
            told = [event for event in told if self._tells(leg, event)]
            if not self._trace:
                told = [event for event in told if not isinstance(event, events.NoEffect)]
            for line in lines_of(told, requests=self._trace):
                self._write("\n".join(in_columns(prefix + line, self._width, len(prefix) + INDENT)))

    def _tells(self, leg: Call, event: events.Event) -> bool:
        if self._trace or self._caller in (None, leg.sid) or isinstance(event, events.Failed):
            return True
        progress = isinstance(event, events.Placed | events.Answered | events.Ended)
        return progress and leg.direction is Direction.OUTBOUND_API


def _runs(news: list[tuple[Call, events.Event]]) -> list[tuple[Call, list[events.Event]]]:
    """Neighbours of the same leg together."""
    runs: list[tuple[Call, list[events.Event]]] = []
    for leg, event in news:
        if runs and runs[-1][0].sid == leg.sid:
            runs[-1][1].append(event)
        else:
            runs.append((leg, [event]))
    return runs
