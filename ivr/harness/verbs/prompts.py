"""Say, Play and Pause: they take the time they take, and inside a Gather the caller may break in."""

from collections.abc import Callable
from typing import TypeAlias

from ivr.harness import events
from ivr.harness.errors import Refused
from ivr.harness.happenings import Happening
from ivr.harness.leg import Leg
from ivr.harness.process import Interruption, Running
from ivr.harness.speaking import heard_before, speaking_time
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.prompts import Pause, Play, Prompt, Say
from ivr.harness.verbs.recording import recording_at

__all__ = ["Stops", "play"]

Stops: TypeAlias = Callable[[Happening], bool]

MOST_LOOPS = 1000  # 0 loops until the call ends, but 1000 times at most: https://www.twilio.com/docs/voice/twiml/say
SOUND: Milliseconds = 3000  # one that does not say how long it is, is as long as a short announcement
TONE: Milliseconds = 200
HALF_SECOND: Milliseconds = 500


def never(happening: Happening) -> bool:
    """Outside a Gather keys and words are lost."""
    return False


def play(leg: Leg, prompt: Prompt, stops: Stops = never) -> Running[Happening, Happening | None]:
    """Play it; what stopped it before its end, or None.

    Where it goes on for ever there is nothing more to hear after the first time: whoever listens would act.
    """
    times = _times(prompt)
    for count in range(times):
        if times == MOST_LOOPS and count == 1:
            leg.give_floor(Floor.HOLD)
        began = leg.timeline.now
        length = _begin(leg, prompt)
        if length is None:
            return None
        try:
            while (happening := (yield began + length)) is not None:
                if stops(happening):
                    _cut_off(leg, prompt, leg.timeline.now - began, length)
                    return happening
        except Interruption:  # the call is over, or REST or another party takes it elsewhere
            _cut_off(leg, prompt, leg.timeline.now - began, length)
            raise
    if times == MOST_LOOPS:
        leg.give_floor(Floor.TWILIO)
    return None


def _times(prompt: Prompt) -> int:
    match prompt:
        case Pause():
            return 1
        case Say(text="") | Play(text="", digits=""):
            return 0
        case _:
            return min(prompt.loop or MOST_LOOPS, MOST_LOOPS)


def _begin(leg: Leg, prompt: Prompt) -> Milliseconds | None:
    """Note what begins; how long it takes, or None for a sound that cannot be had."""
    match prompt:
        case Say():
            leg.note(events.Heard(at=leg.seconds, text=prompt.text))
            return speaking_time(prompt.text) + prompt.extra
        case Play(digits=""):
            return _begin_sound(leg, prompt)
        case Play():
            leg.note(events.Played(at=leg.seconds, sound=prompt.digits))
            return sum(_tone(key) for key in prompt.digits)
        case Pause():
            return prompt.length * 1000


def _begin_sound(leg: Leg, prompt: Play) -> Milliseconds | None:
    """Without its media the document goes on: https://www.twilio.com/docs/api/errors/11200."""
    url = leg.resolve(prompt.text)
    recording = recording_at(leg, url)
    try:
        length = leg.length_of_sound(url, SOUND) if recording is None else recording.seconds * 1000
    except Refused as problem:
        leg.warn(problem.code, prompt.line, problem.text)
        return None
    leg.note(events.Played(at=leg.seconds, sound=url))
    return length


def _tone(key: str) -> Milliseconds:
    """`w` is a pause of half a second; `W`, which the page on Play lists without a length, is taken for a whole one."""
    return {"w": HALF_SECOND, "W": 2 * HALF_SECOND}.get(key, TONE)


def _cut_off(leg: Leg, prompt: Prompt, passed: Milliseconds, whole: Milliseconds) -> None:
    if isinstance(prompt, Say) and passed < whole:
        leg.note(events.CutOff(at=leg.seconds, heard=heard_before(prompt.text, passed=passed, whole=whole)))
