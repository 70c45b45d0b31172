"""Requests beside all calls, with no parameters but their own: how messages go."""

from contextlib import suppress
from datetime import datetime, timedelta

from ivr.harness.errors import Refused
from ivr.harness.fetch.cookies import CookieJar
from ivr.harness.fetch.http import Request, Response
from ivr.harness.outcome import Ask
from ivr.harness.places import Places
from ivr.harness.requested import Requested
from ivr.harness.timeline import Timeline

__all__ = ["Beside"]


class Beside:
    """Makes them, and keeps what came of each; `began` is the time of day when virtual time was 0."""

    def __init__(self, timeline: Timeline, began: datetime, places: Places) -> None:
        self.requests: list[Requested] = []
        self._timeline = timeline
        self._began = began
        self._places = places

    def notify(self, ask: Ask) -> None:
        """Make a request whose answer is ignored."""
        with suppress(Refused):  # noted with its problem
            self._places.fetcher().fetch(
                ask.method, ask.url, ask.params, cookies=CookieJar(), clock=self._now, note=self._note
            )

    def _now(self) -> datetime:
        return self._began + timedelta(milliseconds=self._timeline.now)

    def _note(self, request: Request, response: Response | None, problem: Refused | None) -> None:
        at = self._timeline.now / 1000
        self.requests.append(Requested(at=at, purpose="callback", request=request, response=response, problem=problem))
