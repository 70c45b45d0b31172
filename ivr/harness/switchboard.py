"""The switchboard: every leg of an exchange, and where a number that is dialled leads."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from ivr.harness import events
from ivr.harness.acting import follow
from ivr.harness.addresses import address_of
from ivr.harness.asking import Sounds
from ivr.harness.beside import Beside
from ivr.harness.calling import Wanted, run_dialled, run_placed
from ivr.harness.conferences import Conferences
from ivr.harness.dialling import address_in, callback_of, params_in, screening_of
from ivr.harness.errors import NothingHappens
from ivr.harness.far_ends import Answers, FarEnd, NotInService, Runs, Voicemail
from ivr.harness.far_ends.machine import Machine
from ivr.harness.far_ends.trunk import connect
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.happenings import Happening
from ivr.harness.leg import Leg
from ivr.harness.lines import Webhooks
from ivr.harness.numbers import CALLER_IDS, Kept, route
from ivr.harness.outcome import Ask, End, LeaveQueue, Params
from ivr.harness.places import Places
from ivr.harness.process import Process, Running
from ivr.harness.queues import Queues
from ivr.harness.recordings import Recorder, Recording, Transcription
from ivr.harness.running import run_call, run_inside
from ivr.harness.sids import Sids
from ivr.harness.signature import SharedKey
from ivr.harness.status import CallStatus, Direction
from ivr.harness.taping import tape_from_answer
from ivr.harness.texting import Texts
from ivr.harness.timeline import Timeline
from ivr.harness.twiml.dial import Party
from ivr.harness.twiml.document import Document
from ivr.harness.verbs.service import Service

__all__ = ["AUTH_TOKEN", "BEGAN", "Switchboard"]

AUTH_TOKEN = "practice-auth-token"
API_URL = "https://api.twilio.com"
BEGAN = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)

INVALID_NUMBER = 13223
OWN = ("PN", CALLER_IDS)
MOST_HOPS = 10  # numbers that dial one another; Twilio's dictionary has no code for a circle of them


class Switchboard:
    """What the legs of an exchange share, and how one leads to the next; the `Lines` of each leg."""

    def __init__(
        self,
        *,
        seed: int = 0,
        began: datetime = BEGAN,
        far_end: FarEnd | None = None,
        pace: Callable[[float], None] | None = None,
        account_sid: str | None = None,
        auth_token: str = AUTH_TOKEN,
        shared_key: SharedKey | None = None,
    ) -> None:
        """`began` is the time of day; `far_end` answers the numbers not named otherwise; `pace` sleeps, if wanted.

        Applications sign in to REST with `account_sid` and `auth_token`, which signs the requests to them as well,
        unless there is a `shared_key`, which signs by SHA-256.
        """
        self.timeline = Timeline(pace=pace)
        self.sids = Sids(seed)
        self.began = began
        self.account_sid = account_sid or self.sids.make("AC")
        self.auth_token = auth_token
        self.api_url = API_URL
        self.legs: dict[str, Leg] = {}
        self.recordings: dict[str, Recording] = {}
        self.transcriptions: dict[str, Transcription] = {}
        self.tapes: dict[str, Recorder] = {}
        """See `Lines`."""
        self.services: dict[str, tuple[Leg, Service]] = {}
        """What REST started beside a call, by its SID."""
        self.queues = Queues[Leg](self.sids)
        self.conferences = Conferences[Leg](self.sids)
        self.sounds: Sounds = {}
        """See `Lines`."""
        self.kept: Kept = {}
        """What REST keeps besides: numbers and applications, as JSON, by the letters of their SID."""
        self.places = Places(self.timeline, self.sids, shared_key or auth_token)
        beside = Beside(self.timeline, began, self.places)
        self.texts = Texts(self.timeline, self.sids, account_sid=self.account_sid, began=began, notify=beside.notify)
        self.requests = beside.requests
        """Those of no call: the progress of messages."""
        self._parties: list[Process[object]] = []
        self._far_end = far_end or Answers()
        self.far_ends: dict[str, FarEnd] = {}
        self.routes: dict[str, Webhooks] = {}
        self._dialled_by: dict[str, Leg] = {}

    @property
    def now(self) -> datetime:
        """The time of day."""
        return self.began + timedelta(milliseconds=self.timeline.now)

    def place(
        self,
        *,
        to: str,
        from_: str,
        first: Ask | Document,
        webhooks: Webhooks,
        timeout: int,
        at_most: int,
        params: Mapping[str, str] | None = None,
        wanted: Wanted | None = None,
    ) -> Leg:
        """Place a call as REST does: queued now, and rung as soon as time passes; the times are in seconds."""
        fetcher = self.places.fetcher()
        leg = self.leg(fetcher, webhooks, from_=from_, to=to, direction=Direction.OUTBOUND_API, params=params)
        leg.status = CallStatus.QUEUED
        leg.note(events.Placed(at=leg.seconds, to=to, caller=from_))
        if wanted is not None and wanted.taping is not None:
            tape_from_answer(leg, wanted.taping)
        far_end = self.at(to)
        leg.start(run_placed(leg, far_end, first, timeout, wanted or Wanted()), at_most=at_most * 1000)
        self._enliven(leg, far_end, {})
        return leg

    def keep(self, recording: Recording) -> None:
        """See `Lines`."""
        self.recordings[recording.sid] = recording

    def documents(
        self, leg: Leg, first: Ask, allowed: frozenset[str], params: Params | None = None
    ) -> Running[Happening, End | LeaveQueue | None]:
        """See `Lines`."""
        return run_inside(leg, first, allowed, params)

    def ring(self, parent: Leg, party: Party, caller_id: str | None) -> Leg:
        """See `Lines`."""
        to = address_in(party)
        if to is None:
            parent.warn(INVALID_NUMBER, party.line, f"{party.text!r} is not a phone number")
        far_end = NotInService() if to is None else self.at(to)
        if isinstance(far_end, Runs) and self._hops(parent) >= MOST_HOPS:
            parent.warn(INVALID_NUMBER, party.line, f"{to} leads back to itself: {MOST_HOPS} numbers dial one another")
            far_end = NotInService()
        webhooks = Webhooks(voice_url=parent.document_url, callback=callback_of(parent, party))
        child = self.leg(
            parent.fetcher,
            webhooks,
            from_=parent.from_ if caller_id is None else address_of(caller_id) or caller_id,
            to=to or party.text,
            direction=Direction.OUTBOUND_DIAL,
            parent=parent,
        )
        parent.note(events.Dialled(at=parent.seconds, to=child.to, sid=child.sid))
        child.start(run_dialled(child, parent, far_end, screening_of(parent, party)))
        self._enliven(child, far_end, params_in(parent, party))
        return child

    @property
    def own_numbers(self) -> frozenset[str]:
        """See `Lines`."""
        return frozenset(str(each["phone_number"]) for kind in OWN for each in self.kept.get(kind, {}).values())

    def at(self, address: str) -> FarEnd:
        """See `Lines`: whoever was said to, an application of this exchange, or anybody."""
        if address in self.far_ends:
            return self.far_ends[address]
        found = self._route(address)
        return self._far_end if found is None else Runs(app=found.voice_url)

    def _route(self, address: str) -> Webhooks | None:
        return self.routes.get(address) or route(self.kept, address)

    def answering(self, address: str) -> Webhooks:
        webhooks = self._route(address)
        if webhooks is None:
            numbers = [str(number["phone_number"]) for number in self.kept.get("PN", {}).values()]
            known = ", ".join([*numbers, *self.routes]) or "none"
            raise NothingHappens(f"no application answers at {address}; numbers that point at one: {known}")
        return webhooks

    def _enliven(self, leg: Leg, far_end: FarEnd, params: Mapping[str, str]) -> None:
        """Let whoever answers do what they do."""
        match far_end:
            case Answers(steps=steps) if steps:
                party = Process(self.timeline, follow(leg, steps))
                leg.watch(party.wake)
                party.start()
                self._parties.append(party)
            case Voicemail():
                Machine(leg, far_end)
            case Runs():
                self._call_number(leg, params)
            case _:
                pass

    def _call_number(self, dialled: Leg, params: Mapping[str, str]) -> None:
        """The leg that was dialled is an inbound call at its number, with an application of its own."""
        webhooks = self.answering(dialled.to)
        inbound = self.leg(
            self.places.fetcher(),
            webhooks,
            from_=dialled.from_,
            to=dialled.to,
            direction=Direction.INBOUND,
            params=params,
        )
        self._dialled_by[inbound.sid] = dialled
        dialled.children.append(inbound)
        connect(dialled, inbound)
        inbound.start(run_call(inbound, Ask(method=webhooks.voice_method, url=webhooks.voice_url)))

    def _hops(self, leg: Leg | None) -> int:
        """How many numbers of this exchange dialled one another up to this leg."""
        hops = 0
        while leg is not None:
            dialled = self._dialled_by.get(leg.sid)
            leg, hops = (leg.parent, hops) if dialled is None else (dialled, hops + 1)
        return hops

    def leg(
        self,
        fetcher: Fetcher,
        webhooks: Webhooks,
        *,
        from_: str,
        to: str,
        direction: Direction,
        parent: Leg | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Leg:
        leg = Leg(
            lines=self,
            fetcher=fetcher,
            account_sid=self.account_sid,
            webhooks=webhooks,
            from_=from_,
            to=to,
            direction=direction,
            parent=parent,
            params=params,
        )
        self.legs[leg.sid] = leg
        return leg
