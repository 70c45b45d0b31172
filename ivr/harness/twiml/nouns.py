"""Whom a Dial calls or joins. https://www.twilio.com/docs/voice/twiml/number, /client, /sip, /queue and /conference."""

from typing import Annotated, TypeAlias

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import FLAG, METHOD, TEXT, URL, attribute, matching, one_of, some_of, whole
from ivr.harness.twiml.parts import Part

__all__ = [
    "CALL_EVENTS",
    "Application",
    "Client",
    "Conference",
    "Noun",
    "Number",
    "Party",
    "Queue",
    "Sim",
    "Sip",
    "WhatsApp",
]

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
CONFERENCE_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")

KEYS = matching(r"[0-9A-DwW#*]+", "0-9 A-D w W # *")


@frozen
class Number:
    """A phone number to call; `url` is a document run for whoever answers, before the two are connected."""

    line: int
    text: str
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)
    send_digits: Annotated[str, attribute(KEYS, code=13222)] = ""
    byoc: Annotated[str, attribute(TEXT, effect=False)] = ""
    machine_detection: Annotated[str, attribute(TEXT)] = ""
    machine_detection_timeout: Annotated[int, attribute(whole(3, 60))] = 30
    machine_detection_speech_threshold: Annotated[int, attribute(whole(1000, 6000))] = 2400
    machine_detection_speech_end_threshold: Annotated[int, attribute(whole(500, 5000))] = 1200
    machine_detection_silence_timeout: Annotated[int, attribute(whole(2000, 10000))] = 5000
    amd_status_callback: Annotated[str | None, attribute(URL)] = None
    amd_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"


@frozen
class Client:
    """A Voice SDK client by its identity, in the text or an Identity."""

    line: int
    text: str
    children: tuple[Part, ...] = ()
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)


@frozen
class Sip:
    """A SIP address."""

    line: int
    text: str
    children: tuple[Part, ...] = ()
    username: Annotated[str, attribute(TEXT, effect=False)] = ""
    password: Annotated[str, attribute(TEXT, effect=False)] = ""
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)
    machine_detection: Annotated[str, attribute(TEXT)] = ""
    machine_detection_timeout: Annotated[int, attribute(whole(3, 60))] = 30
    machine_detection_speech_threshold: Annotated[int, attribute(whole(1000, 6000))] = 2400
    machine_detection_speech_end_threshold: Annotated[int, attribute(whole(500, 5000))] = 1200
    machine_detection_silence_timeout: Annotated[int, attribute(whole(2000, 10000))] = 5000
    amd_status_callback: Annotated[str | None, attribute(URL)] = None
    amd_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"


@frozen
class Sim:
    """A SIM of the account, by its SID."""

    line: int
    text: str


@frozen
class WhatsApp:
    """A WhatsApp number."""

    line: int
    text: str
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)


@frozen
class Application:
    """A TwiML application of the account."""

    line: int
    text: str
    children: tuple[Part, ...] = ()
    customer_id: Annotated[str, attribute(TEXT)] = ""
    copy_parent_to: Annotated[bool, attribute(FLAG)] = False
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13221)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CALL_EVENTS))] = ("completed",)


@frozen
class Queue:
    """The head of a queue; `url` is what the queued caller hears before the two are connected."""

    line: int
    text: str
    url: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD)] = "POST"
    reservation_sid: Annotated[str, attribute(TEXT, effect=False)] = ""
    post_work_activity_sid: Annotated[str, attribute(TEXT, effect=False)] = ""


@frozen
class Conference:
    """A conference by name; `coach` is the CallSid of the participant who alone hears this one."""

    line: int
    text: str
    muted: Annotated[bool, attribute(FLAG, code=13230)] = False
    beep: Annotated[str, attribute(one_of("true", "false", "onEnter", "onExit"), code=13228)] = "true"
    start_conference_on_enter: Annotated[bool, attribute(FLAG, code=13226)] = True
    end_conference_on_exit: Annotated[bool, attribute(FLAG, code=13231)] = False
    wait_url: Annotated[str | None, attribute(URL)] = None
    wait_method: Annotated[Method, attribute(METHOD, code=13232)] = "POST"
    max_participants: Annotated[int, attribute(whole(1, 250), code=13229)] = 250
    record: Annotated[str, attribute(one_of("do-not-record", "record-from-start", "true", "false"))] = "do-not-record"
    recording_configuration_id: Annotated[str, attribute(TEXT, effect=False)] = ""
    region: Annotated[str, attribute(TEXT, effect=False)] = ""
    coach: Annotated[str, attribute(TEXT)] = ""
    trim: Annotated[str, attribute(one_of("trim-silence", "do-not-trim"))] = "trim-silence"
    status_callback_event: Annotated[tuple[str, ...], attribute(some_of(*CONFERENCE_EVENTS))] = ()
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    recording_status_callback: Annotated[str | None, attribute(URL)] = None
    recording_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    recording_status_callback_event: Annotated[
        tuple[str, ...], attribute(some_of("in-progress", "completed", "absent"))
    ] = ("completed",)
    event_callback_url: Annotated[str | None, attribute(URL)] = None
    jitter_buffer_size: Annotated[str, attribute(one_of("large", "medium", "small", "off"), effect=False)] = "large"
    participant_label: Annotated[str, attribute(TEXT)] = ""


Party: TypeAlias = Number | Client | Sip | Sim | WhatsApp | Application
Noun: TypeAlias = Party | Queue | Conference
