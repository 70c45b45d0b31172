"""Applications that run beside the exchange, and may call its REST API while they are asked."""

from collections.abc import Iterator, MutableMapping
from urllib.parse import urlsplit

from ivr.harness.fetch.http import App, Request, Response
from ivr.harness.fetch.twimlets import TWIMLETS, Twimlets
from ivr.harness.timeline import Timeline

__all__ = ["Elsewhere", "Loopback", "reached"]

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Elsewhere:
    """Asks an application, lets others act meanwhile, and lets no time pass.

    Whoever is asked may ask REST in turn, over HTTP too, and so from another thread.
    """

    def __init__(self, timeline: Timeline, app: App) -> None:
        self._timeline = timeline
        self._app = app

    def answer(self, request: Request) -> Response:
        """See `App`."""
        turn = self._timeline.turn
        turn.release()
        try:
            return self._app.answer(request)
        finally:
            turn.acquire()


def reached(timeline: Timeline, origin: str) -> Elsewhere:
    """The application at an origin, over HTTP."""
    from ivr.harness.fetch.url import (
        UrlApp,
    )  # who plays a script on a practice line needs no HTTP

    return Elsewhere(timeline, UrlApp(origin))


class Loopback(MutableMapping[str, App]):
    """Every application on this machine, by its origin: requests may go there, and to no other machine unasked.

    Twilio's own public documents are answered from here too.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._known: dict[str, App] = {}

    def __getitem__(self, origin: str) -> App:
        if origin not in self._known:
            if urlsplit(origin).hostname in TWIMLETS:
                return Twimlets()
            if urlsplit(origin).hostname not in HERE:
                raise KeyError(origin)
            self._known[origin] = reached(self._timeline, origin)
        return self._known[origin]

    def __setitem__(self, origin: str, app: App) -> None:
        self._known[origin] = app

    def __delitem__(self, origin: str) -> None:
        del self._known[origin]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
