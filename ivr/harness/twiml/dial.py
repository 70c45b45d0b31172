"""Dial: connect the caller to somebody. https://www.twilio.com/docs/voice/twiml/dial."""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import FLAG, METHOD, TEXT, URL, attribute, one_of, some_of, whole
from ivr.harness.twiml.nouns import Noun, Number, Party

__all__ = ["Dial", "Noun", "Number", "Party"]


EUROPE = (
    "at",
    "be",
    "bg",
    "ch",
    "cz",
    "de",
    "dk",
    "ee",
    "es",
    "fi",
    "fr",
    "gr",
    "hu",
    "it",
    "lt",
    "nl",
    "no",
    "pl",
    "pt",
)
RING_TONES = (
    *EUROPE,
    *("ru", "se", "uk", "au", "br", "cl", "cn", "il", "in", "jp", "mx", "my", "nz", "ph", "sg", "th", "tw"),
    *("us", "us-old", "ve", "za"),
)


@frozen
class Dial:
    """Connect the caller to whoever answers first; `text` is a number given without a Number around it."""

    line: int
    text: str
    children: tuple[Noun, ...] = ()
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13210)] = "POST"
    timeout: Annotated[int, attribute(whole(5, 600), code=13212)] = 30
    time_limit: Annotated[int, attribute(whole(1, 86400), code=13216)] = 14400
    caller_id: Annotated[str | None, attribute(TEXT, code=13214)] = None
    hangup_on_star: Annotated[bool, attribute(FLAG, code=13213)] = False
    record: Annotated[
        str,
        attribute(
            one_of(
                "do-not-record",
                "record-from-answer",
                "record-from-ringing",
                "record-from-answer-dual",
                "record-from-ringing-dual",
                "true",
                "false",
            ),
            code=13217,
        ),
    ] = "do-not-record"
    trim: Annotated[str, attribute(one_of("trim-silence", "do-not-trim"), code=13699)] = "do-not-trim"
    recording_status_callback: Annotated[str | None, attribute(URL, code=13256)] = None
    recording_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    recording_status_callback_event: Annotated[
        tuple[str, ...], attribute(some_of("in-progress", "completed", "absent"), code=13621)
    ] = ("completed",)
    recording_track: Annotated[str, attribute(one_of("inbound", "outbound", "both"), code=13622)] = "both"
    answer_on_bridge: Annotated[bool, attribute(FLAG, code=13219)] = False
    sequential: Annotated[bool, attribute(FLAG, code=13218)] = False
    ring_tone: Annotated[str, attribute(one_of("", *RING_TONES), code=13220)] = ""
    refer_url: Annotated[str | None, attribute(URL)] = None
    refer_method: Annotated[Method, attribute(METHOD)] = "POST"
    recording_configuration_id: Annotated[str, attribute(TEXT, effect=False)] = ""
    events: Annotated[str, attribute(TEXT, effect=False)] = ""
    passports: Annotated[str, attribute(TEXT, effect=False)] = ""
