"""Numbers and applications: what is set here says who answers the calls to a number.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and
https://www.twilio.com/docs/usage/api/applications.
"""

from dataclasses import dataclass

from ivr.harness.addresses import e164
from ivr.harness.exchange import Exchange
from ivr.harness.numbers import APPLICATION, NUMBER, new_settings, snake_case
from ivr.harness.rest.available import first_free
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["APPLICATIONS", "NUMBERS", "Stored"]

INVALID_NUMBER = 21421


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A kind of settings: its SID's letters, its names in paths and lists, and what may be set, with the defaults."""

    letters: str
    path: str
    name: str
    fields: dict[str, str]
    also: str = ""
    """A pattern of what may follow the path in lists."""

    def create(self, exchange: Exchange, request: RestRequest) -> RestResponse:
        """Keep new settings."""
        sid = exchange.sids.make(self.letters)
        kept: Json = {
            **new_settings(self.path, self.fields, sid=sid, account_sid=exchange.account_sid, now=exchange.now),
            **self._given(request),
            **(_number(exchange, request) if self.letters == "PN" else {}),
        }
        exchange.kept.setdefault(self.letters, {})[sid] = kept
        return answered(kept, 201)

    def list(self, exchange: Exchange, request: RestRequest) -> RestResponse:
        """All of them, or those of the FriendlyName or PhoneNumber asked for."""
        asked = [(snake_case(name), value) for name in ("FriendlyName", "PhoneNumber") if (value := request.get(name))]
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
        kept |= {**self._given(request), "date_updated": rfc2822(exchange.now)}
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
        return {snake_case(name): value for name, value in request.fields if name in self.fields}


def _number(exchange: Exchange, request: RestRequest) -> Json:
    """The PhoneNumber asked for, or one of the AreaCode."""
    given = request.get("PhoneNumber") or ""
    area = request.get("AreaCode")
    number = first_free(exchange, area) if area is not None and not given else e164(given)
    if number is None:
        raise Problem(400, INVALID_NUMBER, f"PhoneNumber is invalid: {given or '(none given)'}")
    return {"phone_number": number, "friendly_name": request.get("FriendlyName") or number}


NUMBERS = Stored(
    letters="PN", path="IncomingPhoneNumbers", name="incoming_phone_numbers", fields=NUMBER, also="(?:/Local)?"
)
APPLICATIONS = Stored(letters="AP", path="Applications", name="applications", fields=APPLICATION)
