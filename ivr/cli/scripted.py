"""Plays a script on a session. On hold a caller without another step waits; at a question such a caller hangs up."""

from collections.abc import Sequence
from dataclasses import replace

from ivr.call import CallSession
from ivr.call.handset import Handset, VirtualClock
from ivr.cli.transcript import Reporter
from ivr.grammar import redact
from ivr.harness.script import HangUp, Press, Say, Step, Wait

__all__ = ["in_script", "play", "unplayed"]

PAUSES = {"w": 0.5, "W": 1.0}


def play(session: CallSession, clock: VirtualClock, reporter: Reporter, steps: Sequence[Step]) -> None:
    """Plays every step that the call lasts for, and tells of the rest."""
    handset = Handset(session, clock, lambda turn: reporter.turn(session, turn))
    left = list(steps)
    while left and not handset.over:
        step = left.pop(0)
        reporter.caller(in_script(step))
        _do(handset, clock, step)
    handset.wait_out_hold()
    if not handset.over:
        reporter.caller("hang up")
        handset.hang_up()
    if left:
        reporter.left_over([unplayed(step) for step in left])
    reporter.close()


def _do(handset: Handset, clock: VirtualClock, step: Step) -> None:
    match step:
        case Press(keys=keys):
            _press(handset, clock, keys)
        case Say(words=words, confidence=confidence):
            handset.say(words, 1.0 if confidence is None else confidence)
        case Wait(seconds=seconds):
            handset.wait(seconds)
        case HangUp():
            handset.hang_up()


def _press(handset: Handset, clock: VirtualClock, keys: str) -> None:
    """Keys in one go, but for pauses, which end what was being entered."""
    typed = ""
    for key in keys:
        if key in PAUSES:
            handset.press(typed)
            clock.advance(PAUSES[key])
            typed = ""
        else:
            typed += key
    handset.press(typed)


def in_script(step: Step) -> str:
    """A step as a script writes it."""
    match step:
        case Press(keys=keys):
            return f"press {keys}"
        case Say(words=words, confidence=confidence):
            quoted = f'"{words}"' if ";" in words or "@" in words else words
            return f"say {quoted}" + ("" if confidence is None else f" @{confidence:g}")
        case Wait(seconds=seconds):
            return "wait" if seconds is None else f"wait {seconds:g}"
        case HangUp(handoff=data):
            return f"hand off {data}" if data else "hang up"


def unplayed(step: Step) -> str:
    """A step that no call heard, in the script's words, without its numbers: nothing checked that they are practice."""
    match step:
        case Press(keys=keys):
            return in_script(replace(step, keys=redact(keys)))
        case Say(words=words):
            return in_script(replace(step, words=redact(words)))
        case HangUp(handoff=data):
            return in_script(replace(step, handoff=redact(data)))
        case Wait():
            return in_script(step)
