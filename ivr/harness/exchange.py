"""The exchange: one virtual time, and every call in it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit
from wsgiref.types import WSGIApplication

from ivr.harness import events
from ivr.harness.acting import follow
from ivr.harness.call import Call
from ivr.harness.calling import run_dialled
from ivr.harness.far_ends import Answers, FarEnd, NotInService, e164
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.fetch.http import App, Method, origin_of
from ivr.harness.fetch.url import UrlApp
from ivr.harness.fetch.wsgi import WsgiApp
from ivr.harness.leg import Leg
from ivr.harness.lines import Callback, Webhooks
from ivr.harness.outcome import Ask
from ivr.harness.process import Process
from ivr.harness.running import run_call
from ivr.harness.sids import Sids
from ivr.harness.status import Direction
from ivr.harness.timeline import Timeline
from ivr.harness.twiml.dial import Number

__all__ = ["AUTH_TOKEN", "Exchange"]

AUTH_TOKEN = "practice-auth-token"
PUBLIC_URL = "http://localhost"
BEGAN = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)

INVALID_NUMBER = 13223


class Exchange:
    """A virtual Twilio. The same seed, calls and acts give the same transcripts, byte for byte."""

    def __init__(
        self,
        *,
        seed: int = 0,
        began: datetime = BEGAN,
        far_end: FarEnd | None = None,
        pace: Callable[[float], None] | None = None,
    ) -> None:
        """`began` is the time of day; `far_end` answers the numbers not named otherwise; `pace` sleeps, if wanted."""
        self.timeline = Timeline(pace=pace)
        self.sids = Sids(seed)
        self.began = began
        self.account_sid = self.sids.make("AC")
        self._far_end = far_end or Answers()
        self._far_ends: dict[str, FarEnd] = {}

    def far_end(self, number: str, far_end: FarEnd) -> None:
        """Say who is at the end of a number that applications dial."""
        self._far_ends[e164(number) or number] = far_end

    def call(
        self,
        app: WSGIApplication | str,
        *,
        url: str = "",
        to: str = "+12025550100",
        from_: str = "+12025550101",
        method: Method = "POST",
        fallback_url: str | None = None,
        status_callback: str | None = None,
        auth_token: str = AUTH_TOKEN,
        public_url: str | None = None,
        params: Mapping[str, str] | None = None,
        direction: Direction = Direction.INBOUND,
        listen_for: float | None = None,
    ) -> Call:
        """Call an application and listen until it asks something (or for `listen_for` seconds).

        `app` is a WSGI application, whose `url` (`/voice`) is requested, or the URL of one somewhere else. `public_url`
        is where the application believes to be: what Twilio would request and sign. `params` go with every request.
        With the direction `outbound-api` the application placed the call, and who is called has picked up already.
        """
        voice_url, served = _place(app, url, public_url)
        leg = Leg(
            lines=self,
            fetcher=Fetcher(apps={origin_of(voice_url): served}, auth_token=auth_token, sids=self.sids),
            account_sid=self.account_sid,
            webhooks=Webhooks(
                voice_url=voice_url,
                voice_method=method,
                fallback_url=None if fallback_url is None else urljoin(voice_url, fallback_url),
                callback=None if status_callback is None else Callback(url=urljoin(voice_url, status_callback)),
            ),
            from_=from_,
            to=to,
            direction=direction,
            params=params,
        )
        if direction is Direction.OUTBOUND_API:
            leg.answer()
        leg.start(run_call(leg, Ask(method=method, url=voice_url)))
        return Call(leg).listen(listen_for)

    def ring(self, parent: Leg, number: Number, caller_id: str | None) -> Leg:
        """See `Lines`."""
        to = e164(number.text)
        if to is None:
            parent.warn(INVALID_NUMBER, number.line, f"{number.text!r} is not a phone number")
        far_end = NotInService() if to is None else self._far_ends.get(to, self._far_end)
        child = self._outbound(parent, number, to or number.text, caller_id or parent.from_)
        parent.note(events.Dialled(at=parent.seconds, to=child.to, sid=child.sid))
        child.start(run_dialled(child, parent, far_end))
        if isinstance(far_end, Answers) and far_end.steps:
            party = Process(self.timeline, follow(child, far_end.steps))
            child.watch(party.wake)
            party.start()
        return child

    def _outbound(self, parent: Leg, number: Number, to: str, caller_id: str) -> Leg:
        callback = None
        if number.status_callback is not None:
            url, method = parent.resolve(number.status_callback), number.status_callback_method
            callback = Callback(url=url, method=method, events=number.status_callback_event)
        return Leg(
            lines=self,
            fetcher=parent.fetcher,
            account_sid=self.account_sid,
            webhooks=Webhooks(voice_url=parent.document_url, callback=callback),
            from_=caller_id,
            to=to,
            direction=Direction.OUTBOUND_DIAL,
            parent=parent,
        )


def _place(app: WSGIApplication | str, url: str, public_url: str | None) -> tuple[str, App]:
    """The URL to request first, and the application that answers there."""
    if isinstance(app, str):
        asked = urljoin(app, url)
        served: App = UrlApp(origin_of(asked))
        if public_url is not None:
            asked = origin_of(public_url) + asked[len(origin_of(asked)) :]
    else:
        asked, served = urljoin(public_url or PUBLIC_URL, url), WsgiApp(app)
    return (asked if urlsplit(asked).path else asked + "/"), served
