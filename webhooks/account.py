"""The Twilio account, through Twilio's own REST client: its numbers, and where their calls go.

Only numbers the account owns are read and changed. No call and no message is ever made.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.errors import IvrError
from webhooks.addresses import Addresses
from webhooks.settings import Credentials

__all__ = ["Account", "AccountError", "Change", "OwnNumber", "changes"]

SECONDS_TO_ANSWER = 15

LABELS = {
    "voice_url": "A call comes in",
    "voice_method": "  by",
    "voice_fallback_url": "Primary handler fails",
    "voice_fallback_method": "  by",
    "status_callback": "Call status changes",
    "status_callback_method": "  by",
    "voice_receive_mode": "Receives",
    "voice_application_sid": "TwiML app, which goes before the URLs",
    "trunk_sid": "SIP trunk, which goes before everything",
}
"""What matters of a number, in the words of Twilio's console. A trunk or an application, where set, makes Twilio ignore
the URLs: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource."""


class AccountError(IvrError):
    """Twilio's REST API cannot be reached, or refuses."""


@dataclass(frozen=True, kw_only=True)
class OwnNumber:
    """A number of the account: E.164, its SID, and what it is set to, by the names in LABELS."""

    sid: str
    number: str
    present: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One setting of a number that is not as it should be."""

    name: str
    present: str
    wanted: str

    def __str__(self) -> str:
        return f"{LABELS[self.name].strip()}: {self.present or 'nothing'} -> {self.wanted or 'nothing'}"


def changes(number: OwnNumber, addresses: Addresses) -> tuple[Change, ...]:
    """What has to change for calls to `number` to reach the application."""
    wanted = {
        "voice_url": addresses.incoming,
        "voice_method": "POST",
        "voice_fallback_url": addresses.fallback,
        "voice_fallback_method": "POST",
        "status_callback": addresses.status,
        "status_callback_method": "POST",
        "voice_receive_mode": "voice",
        "voice_application_sid": "",
        "trunk_sid": "",
    }
    return tuple(
        Change(name=name, present=number.present[name], wanted=value)
        for name, value in wanted.items()
        if number.present[name] != value
    )


class Account:
    """Raises AccountError from every method."""

    def __init__(self, credentials: Credentials) -> None:
        self._sid = credentials.account_sid
        client = TwilioHttpClient(timeout=SECONDS_TO_ANSWER)
        self._client = Client(credentials.account_sid, credentials.auth_token, http_client=client)

    def status(self) -> str:
        """`active` for an account that can take calls; also proves the credentials."""
        with _explained():
            return str(self._client.api.v2010.accounts(self._sid).fetch().status)

    def number(self, number: str) -> OwnNumber | None:
        """The account's number `number`, in E.164."""
        with _explained():
            found = self._client.incoming_phone_numbers.list(phone_number=number, limit=20)
        # Twilio takes the number as a pattern, which may fit longer ones too.
        return next((each for each in map(_own_number, found) if each.number == number), None)

    def numbers(self) -> list[OwnNumber]:
        """All of the account's numbers."""
        with _explained():
            return [_own_number(each) for each in self._client.incoming_phone_numbers.list()]

    def apply(self, number: OwnNumber, wanted: tuple[Change, ...]) -> OwnNumber:
        """Makes the changes, and returns the number as it is then."""
        with _explained():
            changed = self._client.incoming_phone_numbers(number.sid).update(
                **{change.name: change.wanted for change in wanted}
            )
        return _own_number(changed)


def _own_number(found: object) -> OwnNumber:
    present = {name: str(getattr(found, name, None) or "") for name in LABELS}
    # Numbers that cannot take faxes have no mode: all they receive is voice.
    present["voice_receive_mode"] = present["voice_receive_mode"] or "voice"
    return OwnNumber(
        sid=str(getattr(found, "sid", "")), number=str(getattr(found, "phone_number", "")), present=present
    )


@contextmanager
def _explained() -> Iterator[None]:
    """What went wrong with Twilio, in one sentence, and never with the secret in it."""
    try:
        yield
    except (TwilioException, requests.RequestException) as error:
        raise AccountError(_reason(error)) from None


def _reason(error: Exception) -> str:
    match error:
        case TwilioRestException(status=int() as status) if status != 401:
            code = f" (error {error.code})" if error.code else ""
            return f"Twilio answered with status {status}: {error.msg}{code}"
        case TwilioRestException() | TwilioException(args=[_, Response(status_code=401)]):
            return "Twilio refused the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
        case TwilioException(args=[_, Response(status_code=status)]):  # how the client says that a list failed
            return f"Twilio answered with status {status}"
        case _:
            return f"Twilio cannot be reached: {type(error).__name__}"
