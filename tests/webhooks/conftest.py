"""The practice line on a virtual Twilio, and Twilio's requests one by one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from ivr.call import Clock
from ivr.call.events import Event
from ivr.flow.centre import ContactCentre
from ivr.harness import AUTH_TOKEN, Call, Exchange
from ivr.stores.memory import MemoryCalls
from tests.conftest import TUESDAY_MORNING
from webhooks import Settings, create_app
from webhooks.addresses import Addresses
from webhooks.rates import Rates
from webhooks.settings import Credentials, Limits
from webhooks.store import CallStore

PUBLIC_URL = "https://ivr.example.com"
LOBBY = "+15005550006"
CARD_LINE = "+18005282122"


@dataclass(kw_only=True)
class PracticeLine:
    """The application and the Twilio that calls it, on one virtual clock."""

    exchange: Exchange
    app: Flask
    store: CallStore

    def call(self, to: str = CARD_LINE) -> Call:
        """A call to a number, up to its first question."""
        return self.exchange.call(
            self.app,
            url="/voice/incoming",
            to=to,
            public_url=PUBLIC_URL,
            fallback_url="/voice/fallback",
            status_callback=Addresses(public_url=PUBLIC_URL).status.removeprefix(PUBLIC_URL),
        )

    def events(self, call: Call) -> list[Event]:
        """What the line remembers of a call."""
        assert isinstance(self.store, MemoryCalls)
        return list(self.store.events(call.sid))

    def happened(self, call: Call) -> list[str]:
        """The kinds of events, in order."""
        return [event.kind for event in self.events(call)]


@pytest.fixture
def exchange() -> Exchange:
    """A virtual Twilio, at ten on a Tuesday morning in New York."""
    return Exchange(began=TUESDAY_MORNING)


@pytest.fixture
def settings(exchange: Exchange) -> Settings:
    """The settings of that Twilio's account."""
    return settings_of(exchange)


def settings_of(exchange: Exchange) -> Settings:
    """The settings of a Twilio's account."""
    return Settings(
        public_url=PUBLIC_URL,
        credentials=Credentials(account_sid=exchange.account_sid, auth_token=AUTH_TOKEN),
        seed=1,
        limits=Limits(rates=Rates(calls_per_caller=None)),
    )


@pytest.fixture
def line(exchange: Exchange, settings: Settings, small: ContactCentre) -> Callable[..., PracticeLine]:
    """`line()` is the small centre on Twilio; `line(centre, numbers={...}, store=...)` another."""

    def made(
        centre: ContactCentre = small, *, store: CallStore | None = None, numbers: dict[str, str | None] | None = None
    ) -> PracticeLine:
        wanted = replace(settings, numbers=numbers or {})
        return line_on(exchange, wanted, centre, store if store is not None else MemoryCalls())

    return made


def line_on(exchange: Exchange, settings: Settings, centre: ContactCentre, store: CallStore) -> PracticeLine:
    """A centre on a virtual Twilio."""

    def clock() -> datetime:
        return exchange.began + timedelta(milliseconds=exchange.timeline.now)

    app = create_app(settings, centre=centre, clock=clock, store=store)
    return PracticeLine(exchange=exchange, app=app, store=store)


@dataclass(kw_only=True)
class Sender:
    """Twilio's requests about one call, each made by hand and signed, unless a test spoils it."""

    settings: Settings
    centre: ContactCentre
    account_sid: str
    app: Flask = field(init=False)
    call_sid: str = "CA" + "0" * 31 + "1"
    to: str = CARD_LINE
    validator: RequestValidator = field(default_factory=lambda: RequestValidator(AUTH_TOKEN))

    def __post_init__(self) -> None:
        self.serve()

    @staticmethod
    def clock() -> datetime:
        """The time, which stands still."""
        return TUESDAY_MORNING

    def serve(self, *, store: CallStore | None = None, clock: Clock = lambda: TUESDAY_MORNING) -> None:
        """Puts another application of the same settings in the place of the one before."""
        self.app = create_app(self.settings, centre=self.centre, store=store, clock=clock)

    def fields(self, **more: str) -> dict[str, str]:
        """The fields of every request, and more."""
        return {
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": self.call_sid,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "From": "+12125550101",
            "To": self.to,
            **more,
        }

    def sign(self, path: str, fields: dict[str, str]) -> str:
        """Twilio's signature of a request."""
        return str(self.validator.compute_signature(PUBLIC_URL + path, fields))

    def post(self, path: str, **more: str) -> TestResponse:
        """A request as Twilio makes it."""
        fields = self.fields(**more)
        return self.app.test_client().post(path, data=fields, headers={"X-Twilio-Signature": self.sign(path, fields)})

    def forge(self, path: str, fields: dict[str, str], signature: str | None, **options: object) -> TestResponse:
        """A request that somebody else makes; None sends no signature."""
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        return self.app.test_client().post(path, data=fields, headers=headers, **options)


@pytest.fixture
def sender(exchange: Exchange, settings: Settings, small: ContactCentre) -> Sender:
    """Twilio's requests about one call of the small centre."""
    return Sender(settings=settings, centre=small, account_sid=exchange.account_sid)
