"""Where applications are: in this process, or somewhere else; and who may be requested at all."""

from collections import ChainMap
from collections.abc import MutableMapping
from typing import NamedTuple
from urllib.parse import urlsplit

from ivr.harness.fetch.elsewhere import Elsewhere, Loopback, reached
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.fetch.http import App, joined, origin_of
from ivr.harness.fetch.local import LocalApplication, in_process
from ivr.harness.sids import Sids
from ivr.harness.signature import Signer
from ivr.harness.timeline import Timeline

__all__ = ["PUBLIC_URL", "Places"]

PUBLIC_URL = "http://localhost"
FIRST_PORT = 8001  # of further applications in this process that nobody named a URL for


class Places:
    """The applications that the calls of an exchange know, by origin."""

    def __init__(self, timeline: Timeline, sids: Sids, signer: Signer) -> None:
        self._timeline = timeline
        self._sids = sids
        self._signer = signer
        self._apps: dict[str, App] = {}
        self._loopback = Loopback(timeline)
        self._local: dict[int, tuple[LocalApplication, App]] = {}
        self._at_home: dict[int, str] = {}
        self._visits: dict[tuple[int, str, str | None, Signer | None], _Visit] = {}

    def serve(self, app: LocalApplication, public_url: str) -> None:
        """An application in this process is there."""
        self._apps[origin_of(public_url)] = self._answering(app)

    def settle(self, app: LocalApplication | str, url: str, public_url: str | None) -> str:
        """Give it a place to stay, apart from other applications of this process; the URL to request first."""
        if not isinstance(app, str) and public_url is None:
            public_url = self._home(app)
        asked, served = self._placed(app, url, public_url)
        self._apps[origin_of(asked)] = served
        return asked

    def visit(
        self, app: LocalApplication | str, url: str, public_url: str | None, signer: Signer | None
    ) -> tuple[str, Fetcher]:
        """The URL to request first, and what requests it there for one call; further calls find the latest.

        Where another application of this process has settled already, it gets a place of its own.
        """
        if isinstance(app, str):
            visit = self._visit(app, url, public_url, signer)
        else:
            if public_url is None and self._at_home:
                public_url = self._home(app)
            known = id(app), url, public_url, signer
            if known not in self._visits:
                self._visits[known] = self._visit(app, url, public_url, signer)
            visit = self._visits[known]
        self._apps.update(visit.apps)
        return visit.url, visit.fetcher

    def _visit(self, app: LocalApplication | str, url: str, public_url: str | None, signer: Signer | None) -> "_Visit":
        asked, served = self._placed(app, url, public_url)
        origin = origin_of(asked)
        apps = {origin: served} if public_url is None else _both_schemes(origin, served)
        return _Visit(url=asked, apps=apps, fetcher=self.fetcher(apps, signer))

    def fetcher(self, apps: MutableMapping[str, App] | None = None, signer: Signer | None = None) -> Fetcher:
        """What requests them; `apps` come first."""
        reached = ChainMap({} if apps is None else apps, self._apps, self._loopback)
        return Fetcher(apps=reached, signer=signer or self._signer, sids=self._sids)

    def _home(self, app: LocalApplication) -> str:
        self._answering(app)
        if id(app) not in self._at_home:
            taken = len(self._at_home)
            self._at_home[id(app)] = PUBLIC_URL if taken == 0 else f"{PUBLIC_URL}:{FIRST_PORT + taken - 1}"
        return self._at_home[id(app)]

    def _answering(self, app: LocalApplication) -> App:
        """What answers for an application of this process, whatever calls reach it."""
        if id(app) not in self._local:
            served = Elsewhere(self._timeline, in_process(app))
            self._local[id(app)] = (app, served)  # the application too, so that no other gets its id
        return self._local[id(app)][1]

    def _placed(self, app: LocalApplication | str, url: str, public_url: str | None) -> tuple[str, App]:
        if isinstance(app, str):
            asked = joined(app, url)
            served: App = reached(self._timeline, origin_of(asked))
            if public_url is not None:
                asked = origin_of(public_url) + asked[len(origin_of(asked)) :]
        else:
            asked, served = joined(public_url or PUBLIC_URL, url), self._answering(app)
        return (asked if urlsplit(asked).path else asked + "/"), served


class _Visit(NamedTuple):
    """What is the same in all calls that find an application of this process at a URL."""

    url: str
    apps: dict[str, App]
    fetcher: Fetcher


def _both_schemes(origin: str, served: App) -> dict[str, App]:
    """Behind a proxy an application often takes itself for `http` where the world has `https`: both reach it."""
    scheme, _, host = origin.partition("://")
    return {origin: served, f"{'http' if scheme == 'https' else 'https'}://{host}": served}
