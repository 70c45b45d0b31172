"""What a caller hears: Say, Play and Pause, alone or inside a Gather.

https://www.twilio.com/docs/voice/twiml/say, /play and /pause.
"""

from typing import Annotated, TypeAlias

from ivr.frozen import frozen
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.attributes import TEXT, attribute, matching, whole

__all__ = ["Pause", "Play", "Prompt", "Say"]


@frozen
class Say:
    """Text read aloud; `extra` is what SSML adds to its time. `loop` 0 goes on until the call ends, 1000 at most."""

    line: int
    text: str
    extra: Milliseconds = 0
    voice: Annotated[str, attribute(TEXT, code=13511, effect=False)] = ""
    language: Annotated[str, attribute(TEXT, code=13512, effect=False)] = "en-US"
    loop: Annotated[int, attribute(whole(0), code=13510)] = 1


@frozen
class Play:
    """A sound by its URL, or keys sounded into the call (`w` is half a second of silence)."""

    line: int
    text: str
    loop: Annotated[int, attribute(whole(0), code=13410)] = 1
    digits: Annotated[str, attribute(matching(r"[0-9A-DwW#*]+", "0-9 A-D w W # *"), code=13430)] = ""


@frozen
class Pause:
    """Silence of `length` seconds; the first verb of a call may be one without answering it."""

    line: int
    length: Annotated[int, attribute(whole(0), code=13910)] = 1


Prompt: TypeAlias = Say | Play | Pause
