"""What a request to place or change a call asks for: who, which document, which callbacks.

https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
"""

from ivr.harness.addresses import e164
from ivr.harness.detection import Detection
from ivr.harness.errors import Refused
from ivr.harness.exchange import Exchange
from ivr.harness.lines import Callback, Webhooks
from ivr.harness.numbers import webhooks_of
from ivr.harness.rest.messages import Problem, RestRequest, method_of, url_of
from ivr.harness.running import APOLOGY
from ivr.harness.twiml.document import Document, Notice, read_document
from ivr.harness.twiml.nouns import CALL_EVENTS

__all__ = ["callback_of", "detection_of", "document_of", "from_of", "to_of", "webhooks_for"]

NO_TO, NO_FROM = 21201, 21213
INVALID_TO, INVALID_FROM, NO_APPLICATION = 21211, 21212, 21218
TOO_LONG = 21209  # our choice: the dictionary names no code for a `Twiml` of more than 4,000 characters
LONGEST_TWIML = 4000


def to_of(request: RestRequest) -> str:
    """Who is called; raises Problem."""
    return _party(request, "To", NO_TO, INVALID_TO)


def from_of(request: RestRequest) -> str:
    """Who calls; raises Problem."""
    return _party(request, "From", NO_FROM, INVALID_FROM)


def _party(request: RestRequest, name: str, missing: int, invalid: int) -> str:
    given = request.get(name)
    if given is None:
        raise Problem(400, missing, f"No '{name}' number is specified")
    if given.startswith(("client:", "sip:")):
        return given
    number = e164(given)
    if number is None:
        raise Problem(400, invalid, f"The '{name}' number {given} is not a valid phone number")
    return number


def webhooks_for(exchange: Exchange, request: RestRequest) -> Webhooks:
    """What the call requests: its own URLs, or those of an application; raises Problem."""
    sid = request.get("ApplicationSid")
    if sid is not None:
        return _application(exchange, sid)
    twiml = request.get("Twiml") is not None
    fallback = request.get("FallbackUrl")
    return Webhooks(
        voice_url="" if twiml else url_of(request, "Url"),
        voice_method=method_of(request, "Method"),
        fallback_url=fallback,
        fallback_method=method_of(request, "FallbackMethod"),
        callback=callback_of(request),
    )


def _application(exchange: Exchange, sid: str) -> Webhooks:
    application = exchange.kept.get("AP", {}).get(sid)
    webhooks = None if application is None else webhooks_of(application)
    if webhooks is None:
        raise Problem(400, NO_APPLICATION, f"ApplicationSid {sid} is not an application with a voice URL")
    return webhooks


def callback_of(request: RestRequest) -> Callback | None:
    """Where progress is told, and which of it."""
    url = request.get("StatusCallback")
    if url is None:
        return None
    asked = [event for given in request.every("StatusCallbackEvent") for event in given.split()]
    events = tuple(event for event in asked if event in CALL_EVENTS)
    return Callback(url=url, method=method_of(request, "StatusCallbackMethod"), events=events or ("completed",))


def detection_of(request: RestRequest) -> Detection | None:
    """The answering machine detection asked for; raises Problem.

    A call that waits for the result gets it with its document only; AsyncAmdStatusCallback is of one that does not:
    https://www.twilio.com/docs/voice/answering-machine-detection. A participant's has a callback of its own.
    """
    if request.get("MachineDetection") not in ("Enable", "DetectMessageEnd"):
        return None
    waits = request.flag("AsyncAmd") is not True
    told = "AmdStatusCallback" if waits else "AsyncAmdStatusCallback"
    url = request.get(told)
    return Detection(
        to_the_end=request.get("MachineDetection") == "DetectMessageEnd",
        waits=waits,
        callback=None if url is None else Callback(url=url, method=method_of(request, f"{told}Method")),
        timeout=request.whole("MachineDetectionTimeout", 30) * 1000,
        speech_threshold=request.whole("MachineDetectionSpeechThreshold", 2400),
        speech_end_threshold=request.whole("MachineDetectionSpeechEndThreshold", 1200),
        silence_timeout=request.whole("MachineDetectionSilenceTimeout", 5000),
    )


def document_of(request: RestRequest) -> Document | None:
    """The document of Twiml; one that cannot be read is apologised for when the call runs it."""
    twiml = request.get("Twiml")
    if twiml is None:
        return None
    if len(twiml) > LONGEST_TWIML:
        raise Problem(400, TOO_LONG, f"Twiml is longer than {LONGEST_TWIML} characters")
    try:
        return read_document(twiml.encode(), "text/xml; charset=utf-8")
    except Refused as problem:
        return Document(verbs=APOLOGY.verbs, notices=(Notice(code=problem.code, line=0, text=problem.text),))
