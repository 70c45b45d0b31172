"""A phone: it places calls, and acts in the one placed last."""

from collections.abc import Mapping
from typing import TypedDict, Unpack

from ivr.harness.call import Call
from ivr.harness.errors import NothingHappens
from ivr.harness.exchange import Exchange
from ivr.harness.fetch.http import Method
from ivr.harness.fetch.local import LocalApplication
from ivr.harness.signature import SharedKey
from ivr.harness.status import Direction

__all__ = ["CallOptions", "Phone"]


class CallOptions(TypedDict, total=False):
    """How a call is placed; see `Exchange.call`."""

    to: str
    from_: str
    method: Method
    fallback_url: str | None
    status_callback: str | None
    auth_token: str
    shared_key: SharedKey | None
    public_url: str | None
    params: Mapping[str, str] | None
    direction: Direction
    listen_for: float | None


class Phone:
    """The caller's phone in an exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.calls: list[Call] = []

    def call(self, app: LocalApplication | str, url: str = "", **options: Unpack[CallOptions]) -> Call:
        """Call an application (and the `url` in it, such as `/voice`), a URL or a number; see `Exchange.call`."""
        call = self.exchange.call(app, url=url, **options)
        self.calls.append(call)
        return call

    @property
    def current(self) -> Call:
        """The call placed last; raises NothingHappens when none was."""
        if not self.calls:
            raise NothingHappens("the phone has not called anybody: phone.call(app) comes first")
        return self.calls[-1]

    def press(self, keys: str) -> Call:
        """Press keys in the call placed last; see `Call.press`."""
        return self.current.press(keys)

    def say(self, words: str, *, confidence: float | None = None) -> Call:
        """Say words in it; see `Call.say`."""
        return self.current.say(words, confidence=confidence)

    def wait(self, seconds: float | None = None) -> Call:
        """Be silent in it; see `Call.wait`."""
        return self.current.wait(seconds)

    def hang_up(self) -> Call:
        """Put the phone down."""
        return self.current.hang_up()

    @property
    def heard(self) -> tuple[str, ...]:
        """Everything heard in it."""
        return self.current.heard
