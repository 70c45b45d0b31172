"""Dial and whom it calls. https://www.twilio.com/docs/voice/twiml/dial and /number."""

from dataclasses import dataclass
from typing import Annotated

from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import (
    FLAG,
    METHOD,
    TEXT,
    URL,
    attribute,
    matching,
    one_of,
    some_of,
    whole,
)

__all__ = ["CALL_EVENTS", "Dial", "Number"]

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")

KEYS = matching(r"[0-9A-DwW#*]+", "0-9 A-D w W # *")


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A phone number to call; `url` is a document run for whoever answers, before the two are connected."""

    line: int
    text: str
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    send_digits: Annotated[str, attribute(KEYS, code=13222)] = ""
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)
    byoc: Annotated[str, attribute(TEXT)] = ""
    machine_detection: Annotated[str, attribute(TEXT)] = ""
    machine_detection_timeout: Annotated[int, attribute(whole(3, 60))] = 30
    machine_detection_speech_threshold: Annotated[int, attribute(whole(1000, 6000))] = 2400
    machine_detection_speech_end_threshold: Annotated[int, attribute(whole(500, 5000))] = 1200
    machine_detection_silence_timeout: Annotated[int, attribute(whole(2000, 10000))] = 5000
    amd_status_callback: Annotated[str | None, attribute(URL)] = None
    amd_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dial:
    """Connect the caller to whoever answers first; `text` is a number given without a Number around it."""

    line: int
    text: str
    children: tuple[Number, ...] = ()
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
    ring_tone: Annotated[str, attribute(TEXT, code=13220)] = ""
    refer_url: Annotated[str | None, attribute(URL)] = None
    refer_method: Annotated[Method, attribute(METHOD)] = "POST"
    events: Annotated[str, attribute(TEXT)] = ""
