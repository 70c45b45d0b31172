"""Record: the caller's voice. https://www.twilio.com/docs/voice/twiml/record."""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import FLAG, METHOD, TEXT, URL, attribute, matching, one_of, some_of, whole

__all__ = ["Record"]


@frozen
class Record:
    """Records until `timeout` seconds of silence, a key of `finish_on_key`, or `max_length` seconds."""

    line: int
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13610)] = "POST"
    timeout: Annotated[int, attribute(whole(0), code=13611)] = 5
    finish_on_key: Annotated[str, attribute(matching(r"[0-9#*]*", "any of 0-9 # *"), code=13613)] = "1234567890*#"
    max_length: Annotated[int, attribute(whole(1), code=13612)] = 3600
    play_beep: Annotated[bool, attribute(FLAG, code=13616)] = True
    trim: Annotated[str, attribute(one_of("trim-silence", "do-not-trim"), code=13699)] = "trim-silence"
    recording_status_callback: Annotated[str | None, attribute(URL, code=13256)] = None
    recording_status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    recording_status_callback_event: Annotated[
        tuple[str, ...], attribute(some_of("in-progress", "completed", "absent"), code=13621)
    ] = ("completed",)
    recording_track: Annotated[str, attribute(one_of("inbound", "outbound", "both"), code=13622)] = "both"
    recording_configuration_id: Annotated[str, attribute(TEXT, effect=False)] = ""
    transcribe: Annotated[bool, attribute(FLAG, code=13614)] = False
    transcribe_callback: Annotated[str | None, attribute(URL, code=13257)] = None
