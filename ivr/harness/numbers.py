"""The exchange's own numbers: which application answers a call to one.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and
https://www.twilio.com/docs/usage/api/applications: a number's settings are kept as REST shows them, whoever made them.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from ivr.harness.api import API_VERSION, account_path
from ivr.harness.fetch.http import Method
from ivr.harness.lines import Callback, Webhooks

__all__ = ["APPLICATION", "CALLER_IDS", "NUMBER", "Kept", "new_settings", "route", "snake_case", "webhooks_of"]

Kept = dict[str, dict[str, dict[str, object]]]
"""Settings as JSON: by the letters of their SID, and by their SID."""

CALLER_IDS = "OutgoingCallerIds"
"""Where those of others are that were validated; their SIDs begin as those of numbers do."""

_VOICE = {
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
NUMBER = {**_VOICE, "VoiceApplicationSid": "", "SmsApplicationSid": "", "TrunkSid": ""}
APPLICATION = {**_VOICE, "MessageStatusCallback": ""}
CAPABILITIES = {"voice": True, "sms": True, "mms": True, "fax": False}


def new_settings(
    path: str, fields: Mapping[str, str], *, sid: str, account_sid: str, now: datetime
) -> dict[str, object]:
    """A number (`IncomingPhoneNumbers`) or application (`Applications`) whose settings are all at their defaults."""
    date = format_datetime(now)
    of_numbers: dict[str, object] = {"capabilities": CAPABILITIES, "status": "in-use"} if fields is NUMBER else {}
    return {
        "sid": sid,
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "date_created": date,
        "date_updated": date,
        "uri": f"{account_path(account_sid)}/{path}/{sid}.json",
        **{snake_case(name): default for name, default in fields.items()},
        **of_numbers,
    }


def snake_case(name: str) -> str:
    """`VoiceUrl` as JSON has it: `voice_url`."""
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


def route(kept: Kept, address: str) -> Webhooks | None:
    """What answers at a number, or at an application's SID; None where nothing does."""
    applications = kept.get("AP", {})
    if address in applications:
        return webhooks_of(applications[address])
    for number in reversed(kept.get("PN", {}).values()):
        if number["phone_number"] == address:
            application = applications.get(str(number["voice_application_sid"]))
            return webhooks_of(number if application is None else application)
    return None


def webhooks_of(settings: Mapping[str, object]) -> Webhooks | None:
    """What a call requests there; None when there is no VoiceUrl."""
    if not settings["voice_url"]:
        return None
    fallback, callback = settings["voice_fallback_url"], settings["status_callback"]
    return Webhooks(
        voice_url=str(settings["voice_url"]),
        voice_method=_method(settings["voice_method"]),
        fallback_url=str(fallback) if fallback else None,
        fallback_method=_method(settings["voice_fallback_method"]),
        callback=Callback(url=str(callback), method=_method(settings["status_callback_method"])) if callback else None,
    )


def _method(given: object) -> Method:
    return "GET" if str(given).upper() == "GET" else "POST"
