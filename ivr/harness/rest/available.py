"""Numbers to be had: of the United States, and only such as were never anybody's.

https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource. 555-0100 to 555-0199 are kept for
fiction, in every area code, so that a number bought here is nobody's number outside.
"""

import re
from collections.abc import Iterator

from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.numbers import snake_case
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found
from ivr.harness.rest.pages import page

__all__ = ["fetch_country", "first_free", "list_countries", "list_numbers"]

AREA_CODES = {"Local": ("202", "415", "512", "646"), "TollFree": ("800", "844", "855", "888"), "Mobile": ("917",)}


def list_countries(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The United States, and no other."""
    return page(request, "countries", [_country(exchange, "US")])


def fetch_country(exchange: Exchange, request: RestRequest, country: str) -> RestResponse:
    """What there is in it."""
    return answered(_country(exchange, country))


def _country(exchange: Exchange, code: str) -> Json:
    uri = f"{account_path(exchange.account_sid)}/AvailablePhoneNumbers/{code}"
    return {
        "country_code": code,
        "country": "United States",
        "beta": False,
        "uri": f"{uri}.json",
        "subresource_uris": {snake_case(kind): f"{uri}/{kind}.json" for kind in AREA_CODES},
    }


def list_numbers(exchange: Exchange, request: RestRequest, country: str, kind: str) -> RestResponse:
    """Those of the AreaCode, and whose digits hold what Contains says (* is any digit)."""
    if country != "US":
        raise not_found(request.path)
    area = request.get("AreaCode")
    areas = AREA_CODES[kind] if area is None else (area,)
    wanted = _contains(request.get("Contains") or "")
    free = [number for code in areas for number in _free(exchange, code) if wanted.search(number)]
    return page(request, "available_phone_numbers", [_json(number) for number in free])


def first_free(exchange: Exchange, area: str) -> str | None:
    """A number of that area code; None when all are taken, or there is no such area code."""
    return next(_free(exchange, area), None)


def _free(exchange: Exchange, area: str) -> Iterator[str]:
    if re.fullmatch(r"[2-9]\d\d", area):
        taken = {number["phone_number"] for number in exchange.kept.get("PN", {}).values()}
        yield from (number for last in range(100, 200) if (number := f"+1{area}5550{last}") not in taken)


def _contains(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(r"\d" if each == "*" else re.escape(each) for each in pattern))


def _json(number: str) -> Json:
    return {
        "friendly_name": f"({number[2:5]}) {number[5:8]}-{number[8:]}",
        "phone_number": number,
        "lata": None,
        "locality": None,
        "rate_center": None,
        "latitude": None,
        "longitude": None,
        "region": None,
        "postal_code": None,
        "iso_country": "US",
        "address_requirements": "none",
        "beta": False,
        "capabilities": {"voice": True, "SMS": True, "MMS": True},
    }
