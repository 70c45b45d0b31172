"""Numbers and applications: settings that are kept as they are given.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and
https://www.twilio.com/docs/usage/api/applications.
"""

from dataclasses import dataclass
from datetime import timedelta

from ivr.harness.exchange import Exchange
from ivr.harness.far_ends import e164
from ivr.harness.leg import API_VERSION
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["APPLICATIONS", "NUMBERS", "Stored"]

INVALID_NUMBER = 21421

VOICE = {
    "FriendlyName": "",
    "VoiceUrl": "",
    "VoiceMethod": "POST",
    "VoiceFallbackUrl": "",
    "VoiceFallbackMethod": "POST",
    "StatusCallback": "",
    "StatusCallbackMethod": "POST",
    "SmsUrl": "",
    "SmsMethod": "POST",
    "SmsFallbackUrl": "",
    "SmsFallbackMethod": "POST",
}


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A kind of settings: its SID's letters, its names in paths and lists, and what may be set, with the defaults."""

    letters: str
    path: str
    name: str
    fields: dict[str, str]

    def create(self, exchange: Exchange, request: RestRequest) -> RestResponse:
        """Keep new settings."""
        sid = exchange.sids.make(self.letters)
        now = rfc2822(exchange.began + timedelta(milliseconds=exchange.timeline.now))
        kept: Json = {
            "sid": sid,
            "account_sid": exchange.account_sid,
            "api_version": API_VERSION,
            "date_created": now,
            "date_updated": now,
            "uri": f"/{API_VERSION}/Accounts/{exchange.account_sid}/{self.path}/{sid}.json",
            **{_snake(name): default for name, default in self.fields.items()},
            **self._given(request),
        }
        if self.letters == "PN":
            kept |= _number(request)
        exchange.kept.setdefault(self.letters, {})[sid] = kept
        return answered(kept, 201)

    def list(self, exchange: Exchange, request: RestRequest) -> RestResponse:
        """All of them, or those of the FriendlyName or PhoneNumber asked for."""
        asked = [(_snake(name), value) for name in ("FriendlyName", "PhoneNumber") if (value := request.get(name))]
        found = [
            kept
            for kept in reversed(exchange.kept.get(self.letters, {}).values())
            if all(kept.get(name) == value for name, value in asked)
        ]
        return page(request, self.name, found)

    def fetch(self, exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
        """One of them."""
        return answered(self._one(exchange, request, sid))

    def update(self, exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
        """Change what is given; an empty field is emptied."""
        kept = self._one(exchange, request, sid)
        kept |= self._given(request)
        return answered(kept)

    def delete(self, exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
        """Forget it."""
        self._one(exchange, request, sid)
        del exchange.kept[self.letters][sid]
        return RestResponse(status=204)

    def _one(self, exchange: Exchange, request: RestRequest, sid: str) -> Json:
        kept = exchange.kept.get(self.letters, {}).get(sid)
        if kept is None:
            raise not_found(request.path)
        return kept

    def _given(self, request: RestRequest) -> dict[str, str]:
        return {_snake(name): value for name, value in request.fields if name in self.fields}


def _number(request: RestRequest) -> Json:
    given = request.get("PhoneNumber") or ""
    number = e164(given)
    if number is None:
        raise Problem(400, INVALID_NUMBER, f"PhoneNumber is invalid: {given or '(none given)'}")
    capabilities = {"voice": True, "sms": True, "mms": True, "fax": False}
    name = request.get("FriendlyName") or number
    return {"phone_number": number, "friendly_name": name, "capabilities": capabilities, "status": "in-use"}


def _snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


NUMBERS = Stored(
    letters="PN",
    path="IncomingPhoneNumbers",
    name="incoming_phone_numbers",
    fields={**VOICE, "VoiceApplicationSid": "", "SmsApplicationSid": "", "TrunkSid": ""},
)
APPLICATIONS = Stored(
    letters="AP", path="Applications", name="applications", fields={**VOICE, "MessageStatusCallback": ""}
)
