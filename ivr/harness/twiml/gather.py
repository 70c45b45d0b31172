"""Gather: keys or speech from the caller. https://www.twilio.com/docs/voice/twiml/gather."""

from typing import Annotated, Literal, TypeAlias

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import FLAG, METHOD, TEXT, URL, Kind, attribute, matching, some_of, whole
from ivr.harness.twiml.prompts import Prompt

__all__ = ["Gather", "Seconds"]

Seconds: TypeAlias = int | Literal["auto"]


def _seconds_or_auto(text: str) -> Seconds:
    return "auto" if text == "auto" else whole(0).read(text)


SECONDS: Kind[Seconds] = Kind(allowed="a whole number of seconds, or auto", read=_seconds_or_auto)


def _hints(text: str) -> str:
    """500 phrases at most, of 100 characters at most each."""
    hints = text.split(",")
    if len(hints) > 500 or any(len(hint.strip()) > 100 for hint in hints):
        raise ValueError(text)
    return text


HINTS = Kind(allowed="at most 500 phrases of 100 characters, with commas between", read=_hints)


@frozen
class Gather:
    """Listens while its prompts play and for `timeout` seconds after; a None `action` is the current document."""

    line: int
    children: tuple[Prompt, ...] = ()
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD, code=13312)] = "POST"
    input: Annotated[tuple[str, ...], attribute(some_of("dtmf", "speech"), code=13326)] = ("dtmf",)
    timeout: Annotated[Seconds, attribute(SECONDS, code=13313)] = 5
    finish_on_key: Annotated[str, attribute(matching(r"[0-9#*]?", "one of 0-9 # *, or nothing"), code=13310)] = "#"
    num_digits: Annotated[int | None, attribute(whole(1), code=13314)] = None
    action_on_empty_result: Annotated[bool, attribute(FLAG, code=13338)] = False
    barge_in: Annotated[bool, attribute(FLAG, code=13332)] = True
    speech_timeout: Annotated[Seconds | None, attribute(SECONDS, code=13327)] = None
    max_speech_time: Annotated[int, attribute(whole(1, 60), code=13328)] = 60
    partial_result_callback: Annotated[str | None, attribute(URL)] = None
    partial_result_callback_method: Annotated[Method, attribute(METHOD, code=13329)] = "POST"
    language: Annotated[str, attribute(TEXT, code=13331, effect=False)] = "en-US"
    hints: Annotated[str, attribute(HINTS, code=13330, effect=False)] = ""
    profanity_filter: Annotated[bool, attribute(FLAG, code=13333, effect=False)] = True
    speech_model: Annotated[str, attribute(TEXT, code=13334, effect=False)] = "default"
    enhanced: Annotated[bool, attribute(FLAG, effect=False)] = False
    debug: Annotated[bool, attribute(FLAG, effect=False)] = False
