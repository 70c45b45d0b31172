"""What Prometheus is told: counts of calls, turns, failures and refusals, and how long an answer took.

Every label is of a closed set (outcomes, departments and scenarios of the flows, bands, reasons), so that the number of
series does not grow with the calls, and nothing that a caller said or keyed can become one.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from ivr.call.events import (
    Arrived,
    Connected,
    Ended,
    EscapeAsked,
    Event,
    Heard,
    NotUnderstood,
    Silent,
    Transferred,
)
from ivr.teaching.attempts import Verdict

__all__ = ["CONTENT_TYPE", "Metrics"]

CONTENT_TYPE = CONTENT_TYPE_LATEST

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 4.0, 15.0)
"""Bounds of the histogram: a quick turn, the quarter of a second that is aimed at, the deadline, Twilio's own 15 s."""

NONE = "none"


class Metrics:
    """Counts of one application. Safe to share between threads; workers share them by PROMETHEUS_MULTIPROC_DIR."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._began = self._counter("calls", "Calls that came in")
        self._ended = self._counter("calls_ended", "Calls that ended", "outcome", "department")
        self._transfers = self._counter("transfers", "Callers put on hold for a department", "department")
        self._connected = self._counter("connected", "Departments that answered a caller", "department")
        self._turns = self._counter("turns", "Turns applied to a call")
        self._repeats = self._counter("repeats", "Requests about a turn that was answered before")
        self._no_matches = self._counter("no_match", "Times a caller was not understood", "by", "reason")
        self._no_inputs = self._counter("no_input", "Times a caller stayed silent")
        self._zero_outs = self._counter("zero_outs", "Times a caller asked for a representative", "answer")
        self._bands = self._counter("recognitions", "Understood words by how sure the line was", "band")
        self._refused = self._counter("refused", "Requests refused at the border", "reason")
        self._limited = self._counter("rate_limited", "Calls that came too often", "limit")
        self._apologies = self._counter("apologies", "Answers that had to be an apology", "cause")
        self._attempts = self._counter(
            "attempts", "Trainees' attempts by telephone that were kept", "scenario", "verdict"
        )
        self._not_kept = self._counter("attempts_not_kept", "Times that such an attempt could not be kept")
        self._answers = Histogram(
            "ivr_answer_seconds",
            "Seconds from the request to the answer",
            ["route"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._of_routes: dict[str, Histogram] = {}
        self._counts = self._by_event()

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"ivr_{name}", meaning, labels, registry=self._registry)

    def _by_event(self) -> dict[type[Event], Callable[[Any], None]]:
        """What is counted of which event; of the others nothing is."""
        return {
            Arrived: lambda _: self._began.inc(),
            Heard: lambda heard: self._bands.labels(heard.band).inc() if heard.band else None,
            NotUnderstood: lambda event: self._no_matches.labels(event.by, event.reason).inc(),
            Silent: lambda _: self._no_inputs.inc(),
            EscapeAsked: lambda asked: self._zero_outs.labels(asked.answer).inc(),
            Transferred: lambda transfer: self._transfers.labels(transfer.department).inc(),
            Connected: lambda event: self._connected.labels(event.department).inc(),
            Ended: lambda ended: self._ended.labels(ended.outcome, ended.department or NONE).inc(),
        }

    def happened(self, events: Iterable[Event]) -> None:
        """Counts what happened in one turn of a call."""
        self._turns.inc()
        for event in events:
            count = self._counts.get(type(event))
            if count is not None:
                count(event)

    def repeated(self) -> None:
        """A turn was asked about again."""
        self._repeats.inc()

    def refused(self, reason: str) -> None:
        """A request was refused; `reason` is one of the border's."""
        self._refused.labels(reason).inc()

    def limited(self, limit: str) -> None:
        """A call came too often, for `caller`, `address` or `turns`."""
        self._limited.labels(limit).inc()

    def apologised(self, cause: str) -> None:
        """A caller was told that something went wrong: here (`error`), or at Twilio (`fallback`)."""
        self._apologies.labels(cause).inc()

    def attempt_kept(self, scenario: str, verdict: Verdict) -> None:
        """A trainee's attempt at a scenario was scored and kept."""
        self._attempts.labels(scenario, verdict).inc()

    def attempt_not_kept(self) -> None:
        """It could not be, and is tried again."""
        self._not_kept.inc()

    def answered(self, route: str, seconds: float) -> None:
        """A request to one of the application's routes was answered."""
        of_route = self._of_routes.get(route)
        if of_route is None:
            of_route = self._of_routes[route] = self._answers.labels(route)
        of_route.observe(seconds)

    def families(self) -> Iterable[Metric]:
        """Every metric there is."""
        return self._registry.collect()

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format; of all workers, where they share a folder."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        everything = CollectorRegistry()
        MultiProcessCollector(everything)  # type: ignore[no-untyped-call]  # it registers itself
        return generate_latest(everything)
