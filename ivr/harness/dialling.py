"""What a noun of Dial says: the address to call, and what whoever answers gets first."""

from collections.abc import Iterable
from urllib.parse import parse_qsl

from ivr.harness.addresses import e164
from ivr.harness.calling import Screening
from ivr.harness.detection import Detection
from ivr.harness.leg import Leg
from ivr.harness.lines import Callback
from ivr.harness.outcome import Ask
from ivr.harness.twiml.dial import Number, Party
from ivr.harness.twiml.nouns import Application, Client, Sim, Sip, WhatsApp
from ivr.harness.twiml.parts import Part

__all__ = ["address_in", "callback_of", "params_in", "screening_of"]

NO_DETECTION_CALLBACK = 21262  # https://www.twilio.com/docs/api/errors/21262


def address_in(party: Party) -> str | None:
    """What is dialled: a number, `client:name`, or the address as written; None when a number is none."""
    match party:
        case Number() | WhatsApp():
            return e164(party.text)
        case Client():
            named = [part.text for part in party.children if part.name == "Identity"]
            return f"client:{named[0] if named else party.text}"
        case Sim():
            return party.text
        case Sip():
            return _uri(party).partition("?")[0]  # what follows are headers
        case _:
            inside = [part.text for part in party.children if part.name in ("Uri", "ApplicationSid")]
            return inside[0] if inside else party.text


def callback_of(parent: Leg, party: Party) -> Callback | None:
    """Where the progress of its leg is told."""
    if isinstance(party, Sim) or party.status_callback is None:
        return None
    url, method = parent.resolve(party.status_callback), party.status_callback_method
    return Callback(url=url, method=method, events=party.status_callback_event)


def params_in(parent: Leg, party: Party) -> dict[str, str]:
    """What an application that answers there gets besides.

    An Application its Parameters, the customerId and, by copyParentTo, the number called first; what answers a SIP
    address the headers of its own that begin with X-.
    """
    match party:
        case Application():
            called = {"To": parent.to, "Called": parent.to} if party.copy_parent_to else {}
            customer = {"CustomerId": party.customer_id or parent.account_sid}
            return {**_named(party.children, "Parameter"), **customer, **called}
        case Sip():
            in_address = dict(parse_qsl(_uri(party).partition("?")[2]))
            inside = tuple(part for each in party.children if each.name == "Headers" for part in each.children)
            headers = {**in_address, **_named(inside, "Header")}
            return {f"SipHeader_{name}": value for name, value in headers.items() if name.upper().startswith("X-")}
        case _:
            return {}


def _named(parts: Iterable[Part], kind: str) -> dict[str, str]:
    given = [part.values for part in parts if part.name == kind]
    return {values["name"]: values.get("value", "") for values in given if "name" in values}


def _uri(party: Sip) -> str:
    """Of several, that of the lowest priority, and of those the one of the most weight."""
    uris = [part for part in party.children if part.name == "Uri"]
    return min(uris, key=_rank).text if uris else party.text


def _rank(uri: Part) -> tuple[int, int]:
    def number(name: str) -> int:
        text = uri.values.get(name, "0")
        return int(text) if text.isdecimal() else 0

    return number("priority"), -number("weight")


def screening_of(parent: Leg, party: Party) -> Screening:
    """Keys sounded, a document run and a machine detected, before the two are connected."""
    url = None
    if not isinstance(party, Sim) and party.url is not None:
        url = Ask(method=party.method, url=parent.resolve(party.url))
    keys = party.send_digits if isinstance(party, Number) else ""
    return Screening(send_digits=keys, url=url, detection=_detection(parent, party))


def _detection(parent: Leg, party: Party) -> Detection | None:
    if not isinstance(party, Number | Sip) or party.machine_detection not in ("Enable", "DetectMessageEnd"):
        return None
    callback = None
    if party.amd_status_callback is None:
        parent.warn(NO_DETECTION_CALLBACK, party.line, "machineDetection without an amdStatusCallback to tell")
    else:
        url = parent.resolve(party.amd_status_callback)
        callback = Callback(url=url, method=party.amd_status_callback_method)
    return Detection(
        to_the_end=party.machine_detection == "DetectMessageEnd",
        callback=callback,
        timeout=party.machine_detection_timeout * 1000,
        speech_threshold=party.machine_detection_speech_threshold,
        speech_end_threshold=party.machine_detection_speech_end_threshold,
        silence_timeout=party.machine_detection_silence_timeout,
    )
