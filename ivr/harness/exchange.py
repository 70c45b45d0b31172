"""The exchange: one virtual time, and every call in it."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit
from wsgiref.types import WSGIApplication

from ivr.harness import events
from ivr.harness.acting import follow
from ivr.harness.call import Call
from ivr.harness.calling import Screening, run_dialled, run_placed
from ivr.harness.conferences import Conferences
from ivr.harness.errors import Refused
from ivr.harness.far_ends import Answers, FarEnd, NotInService, e164
from ivr.harness.fetch.cookies import CookieJar
from ivr.harness.fetch.elsewhere import Elsewhere, Loopback
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.fetch.http import App, Method, Request, Response, origin_of
from ivr.harness.fetch.url import UrlApp
from ivr.harness.fetch.wsgi import WsgiApp
from ivr.harness.happenings import Happening
from ivr.harness.leg import Leg
from ivr.harness.lines import Callback, Webhooks
from ivr.harness.outcome import Ask, End, LeaveQueue
from ivr.harness.process import Process, Running
from ivr.harness.queues import Queues
from ivr.harness.recordings import Recording
from ivr.harness.running import run_call, run_inside
from ivr.harness.sids import Sids
from ivr.harness.status import CallStatus, Direction
from ivr.harness.timeline import Timeline
from ivr.harness.twiml.dial import Number, Party
from ivr.harness.twiml.document import Document
from ivr.harness.twiml.nouns import Client, Sim, WhatsApp

__all__ = ["AUTH_TOKEN", "Exchange"]

AUTH_TOKEN = "practice-auth-token"
PUBLIC_URL = "http://localhost"
API_URL = "https://api.twilio.com"
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
        account_sid: str | None = None,
        auth_token: str = AUTH_TOKEN,
    ) -> None:
        """`began` is the time of day; `far_end` answers the numbers not named otherwise; `pace` sleeps, if wanted.

        Applications sign in to REST with `account_sid` and `auth_token`, which signs the requests to them as well.
        """
        self.timeline = Timeline(pace=pace)
        self.sids = Sids(seed)
        self.began = began
        self.account_sid = account_sid or self.sids.make("AC")
        self.auth_token = auth_token
        self.api_url = API_URL
        self.legs: dict[str, Leg] = {}
        self.recordings: dict[str, Recording] = {}
        self.queues = Queues[Leg](self.sids)
        self.conferences = Conferences[Leg](self.sids)
        self.kept: dict[str, dict[str, dict[str, object]]] = {}
        """What REST keeps besides: numbers, applications and messages, as JSON, by the letters of their SID."""
        self.requests: list[events.Requested] = []
        """Requests of no call: the progress of messages."""
        self._apps: dict[str, App] = {}
        self._parties: list[Process[object]] = []
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
        auth_token: str | None = None,
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
        if isinstance(app, str):
            served = Elsewhere(self.timeline, served)
        leg = Leg(
            lines=self,
            fetcher=self._fetcher({origin_of(voice_url): served}, auth_token),
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
        self.legs[leg.sid] = leg
        if direction is Direction.OUTBOUND_API:
            leg.answer()
        leg.start(run_call(leg, Ask(method=method, url=voice_url)))
        return Call(leg).listen(listen_for)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call there was, in order: the ones made here, dialled by documents, and placed over REST."""
        return tuple(Call(leg) for leg in self.legs.values())

    @property
    def restless(self) -> bool:
        """Whether somebody in a call has something to say, to do or to hear, so that time should pass."""
        self._parties = [party for party in self._parties if not party.done]
        return bool(self._parties) or not all(leg.floor.settled for leg in self.legs.values())

    def serve(self, app: WSGIApplication, public_url: str) -> None:
        """An application in this process, for calls that REST places and messages that it sends."""
        self._apps[origin_of(public_url)] = WsgiApp(app)

    def place(
        self,
        *,
        to: str,
        from_: str,
        first: Ask | Document,
        webhooks: Webhooks,
        timeout: int,
        at_most: int,
        params: Mapping[str, str],
    ) -> Leg:
        """Place a call as REST does: queued now, and rung as soon as time passes; the times are in seconds."""
        leg = Leg(
            lines=self,
            fetcher=self._fetcher({}, None),
            account_sid=self.account_sid,
            webhooks=webhooks,
            from_=from_,
            to=to,
            direction=Direction.OUTBOUND_API,
            params=params,
        )
        leg.status = CallStatus.QUEUED
        self.legs[leg.sid] = leg
        far_end = self._far_ends.get(to, self._far_end)
        leg.start(run_placed(leg, far_end, first, timeout), at_most=at_most * 1000)
        self._enliven(leg, far_end)
        return leg

    def notify(self, ask: Ask) -> None:
        """Make a request that belongs to no call, and whose answer is ignored."""
        now = self.began + timedelta(milliseconds=self.timeline.now)
        with suppress(Refused):  # noted with its problem
            self._fetcher({}, None).fetch(
                ask.method, ask.url, ask.params, cookies=CookieJar(), now=now, note=self._note_request
            )

    def keep(self, recording: Recording) -> None:
        """See `Lines`."""
        self.recordings[recording.sid] = recording

    def _note_request(self, request: Request, response: Response | None, problem: Refused | None) -> None:
        at = self.timeline.now / 1000
        noted = events.Requested(at=at, purpose="callback", request=request, response=response, problem=problem)
        self.requests.append(noted)

    def _fetcher(self, apps: dict[str, App], auth_token: str | None) -> Fetcher:
        self._apps.update(apps)
        reached = ChainMap(apps, self._apps, Loopback(self.timeline))
        return Fetcher(apps=reached, auth_token=auth_token or self.auth_token, sids=self.sids)

    def documents(self, leg: Leg, first: Ask, allowed: frozenset[str]) -> Running[Happening, End | LeaveQueue | None]:
        """See `Lines`."""
        return run_inside(leg, first, allowed)

    def ring(self, parent: Leg, party: Party, caller_id: str | None) -> Leg:
        """See `Lines`."""
        to = _address(party)
        if to is None:
            parent.warn(INVALID_NUMBER, party.line, f"{party.text!r} is not a phone number")
        far_end = NotInService() if to is None else self._far_ends.get(to, self._far_end)
        child = self._outbound(parent, party, to or party.text, caller_id or parent.from_)
        parent.note(events.Dialled(at=parent.seconds, to=child.to, sid=child.sid))
        child.start(run_dialled(child, parent, far_end, _screening(parent, party)))
        self.legs[child.sid] = child
        self._enliven(child, far_end)
        return child

    def _enliven(self, leg: Leg, far_end: FarEnd) -> None:
        """Let whoever answers do what their script says."""
        if isinstance(far_end, Answers) and far_end.steps:
            party = Process(self.timeline, follow(leg, far_end.steps))
            leg.watch(party.wake)
            party.start()
            self._parties.append(party)

    def _outbound(self, parent: Leg, party: Party, to: str, caller_id: str) -> Leg:
        callback = None
        if not isinstance(party, Sim) and party.status_callback is not None:
            url, method = parent.resolve(party.status_callback), party.status_callback_method
            callback = Callback(url=url, method=method, events=party.status_callback_event)
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


def _address(party: Party) -> str | None:
    """What is dialled: a number, `client:name`, or the address as written; None when a number is none."""
    match party:
        case Number() | WhatsApp():
            return e164(party.text)
        case Client():
            named = [part.text for part in party.children if part.name == "Identity"]
            return f"client:{named[0] if named else party.text}"
        case Sim():
            return party.text
        case _:
            inside = [part.text for part in party.children if part.name in ("Uri", "ApplicationSid")]
            return inside[0] if inside else party.text


def _screening(parent: Leg, party: Party) -> Screening:
    keys = party.send_digits if isinstance(party, Number) else ""
    if isinstance(party, Sim) or party.url is None:
        return Screening(send_digits=keys)
    return Screening(send_digits=keys, url=Ask(method=party.method, url=parent.resolve(party.url)))


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
