"""The exchange: one virtual time, and every call in it."""

from collections.abc import Mapping

from ivr.harness import events
from ivr.harness.addresses import address_of
from ivr.harness.call import Call
from ivr.harness.far_ends import FarEnd, Runs
from ivr.harness.fetch.http import Method, joined
from ivr.harness.fetch.local import LocalApplication
from ivr.harness.geography import with_twins
from ivr.harness.lines import Callback, Webhooks
from ivr.harness.numbers import NUMBER, new_settings
from ivr.harness.outcome import Ask
from ivr.harness.running import run_call
from ivr.harness.signature import SharedKey
from ivr.harness.status import Direction
from ivr.harness.switchboard import AUTH_TOKEN, Switchboard
from ivr.harness.timeline import milliseconds

__all__ = ["AUTH_TOKEN", "Exchange"]


class Exchange(Switchboard):
    """A virtual Twilio. The same seed, calls and acts give the same transcripts, byte for byte."""

    def far_end(self, number: str, far_end: FarEnd) -> None:
        """Say who is at the end of a number, client or SIP address that applications dial."""
        address = address_of(number) or number
        if isinstance(far_end, Runs):
            self.number(
                number,
                far_end.app,
                url=far_end.url,
                method=far_end.method,
                fallback_url=far_end.fallback_url,
                fallback_method=far_end.fallback_method,
                status_callback=far_end.status_callback,
                status_callback_method=far_end.status_callback_method,
                public_url=far_end.public_url,
            )
            self.far_ends.pop(address, None)
        else:
            self.far_ends[address] = far_end

    def number(
        self,
        number: str,
        app: LocalApplication | str,
        *,
        url: str = "",
        method: Method = "POST",
        fallback_url: str | None = None,
        fallback_method: Method = "POST",
        status_callback: str | None = None,
        status_callback_method: Method = "POST",
        public_url: str | None = None,
    ) -> None:
        """Point a number, client or SIP address of this exchange at an application, which answers the calls to it.

        `app` and `url` are as for `call`. A phone number is then among REST's IncomingPhoneNumbers, and what REST
        changes there counts.
        """
        address = address_of(number) or number
        voice_url = self.places.settle(app, url, public_url)
        fallback = joined(voice_url, fallback_url) if fallback_url else ""
        callback = joined(voice_url, status_callback) if status_callback else ""
        if not address.startswith("+"):
            told = Callback(url=callback, method=status_callback_method) if callback else None
            self.routes[address] = Webhooks(
                voice_url=voice_url,
                voice_method=method,
                fallback_url=fallback or None,
                fallback_method=fallback_method,
                callback=told,
            )
            return
        sid = self.sids.make("PN")
        self.kept.setdefault("PN", {})[sid] = {
            **new_settings("IncomingPhoneNumbers", NUMBER, sid=sid, account_sid=self.account_sid, now=self.now),
            "phone_number": address,
            "friendly_name": address,
            "voice_url": voice_url,
            "voice_method": method,
            "voice_fallback_url": fallback,
            "voice_fallback_method": fallback_method,
            "status_callback": callback,
            "status_callback_method": status_callback_method,
        }

    def call(
        self,
        app: LocalApplication | str,
        *,
        url: str = "",
        to: str = "+12025550100",
        from_: str = "+12025550101",
        method: Method = "POST",
        fallback_url: str | None = None,
        status_callback: str | None = None,
        auth_token: str | None = None,
        shared_key: SharedKey | None = None,
        public_url: str | None = None,
        params: Mapping[str, str] | None = None,
        direction: Direction = Direction.INBOUND,
        listen_for: float | None = None,
    ) -> Call:
        """Call an application and listen until it asks something (or for `listen_for` seconds).

        `app` is a WSGI or ASGI application, whose `url` (`/voice`) is requested, or the URL of one somewhere else, or
        a number of this exchange (see `number`), whose settings then say what is requested. `public_url` is where the
        application believes to be: what Twilio would request and sign: with `shared_key` by SHA-256, or else with
        `auth_token`. `params` go with every request, FromState and the like as CallerState
        too. Phone numbers are told as Twilio writes them, however `to` and `from_` are written. With the direction
        `outbound-api` the application placed the call, and who is called has picked up already.
        Raises NothingHappens when no application answers at the number.
        """
        number = address_of(app) if isinstance(app, str) else None
        if number is not None:
            to, fetcher = number, self.places.fetcher(signer=shared_key or auth_token)
            webhooks = self.answering(to)
        else:
            voice_url, fetcher = self.places.visit(app, url, public_url, shared_key or auth_token)
            webhooks = Webhooks(
                voice_url=voice_url,
                voice_method=method,
                fallback_url=None if fallback_url is None else joined(voice_url, fallback_url),
                callback=None if status_callback is None else Callback(url=joined(voice_url, status_callback)),
            )
        from_, to = (each if each.startswith("+") else address_of(each) or each for each in (from_, to))
        leg = self.leg(fetcher, webhooks, from_=from_, to=to, direction=direction, params=with_twins(params))
        if direction is Direction.OUTBOUND_API:
            leg.answer()
        leg.start(run_call(leg, Ask(method=webhooks.voice_method, url=webhooks.voice_url)))
        return Call(leg).listen(listen_for)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call there was, in order: the ones made here, dialled by documents, and placed over REST."""
        return tuple(Call(leg) for leg in tuple(self.legs.values()))  # REST may be placing one in another thread

    @property
    def restless(self) -> bool:
        """Whether somebody in a call has something to say, to do or to hear, so that time should pass."""
        self._parties = [party for party in self._parties if not party.done]
        return bool(self._parties) or not all(leg.floor.settled for leg in self.legs.values())

    def run_on(self, seconds: float = 600) -> None:
        """Let time pass, this much at most, while somebody in a call has something to say, to do or to hear."""
        until = self.timeline.now + milliseconds(seconds)
        while self.restless or self.timeline.next_due == self.timeline.now:
            if not self.timeline.step(until=until):
                break

    def messages_left(self, number: str) -> tuple[str, ...]:
        """What the voicemail of a number has recorded, a text a call."""
        address = address_of(number) or number
        legs = [leg for leg in self.legs.values() if leg.to == address]
        return tuple(event.words for leg in legs for event in leg.transcript if isinstance(event, events.MessageLeft))

    def serve(self, app: LocalApplication, public_url: str) -> None:
        """An application in this process, for calls that REST places and messages that it sends."""
        self.places.serve(app, public_url)
