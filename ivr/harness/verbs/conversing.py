"""The other side of a Connect: a far end whose script talks to the caller, and to whom the caller talks.

Whether a caller may break in, and what reaches the other side meanwhile, a ConversationRelay says:
https://www.twilio.com/docs/voice/twiml/connect/conversationrelay.
"""

from collections.abc import Iterable

from ivr.harness import events
from ivr.harness.far_ends import Answers
from ivr.harness.happenings import Happening, Key, Spoken
from ivr.harness.leg import Leg
from ivr.harness.process import Running
from ivr.harness.script import HangUp, Press, Say, Step, Wait
from ivr.harness.speaking import heard_before, speaking_time
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds, milliseconds
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.service import place_of

__all__ = ["Conversing"]

# The booleans of before are taken too.
INPUTS = {
    "none": frozenset[str](),
    "false": frozenset[str](),
    "speech": frozenset({"speech"}),
    "dtmf": frozenset({"dtmf"}),
    "any": frozenset({"speech", "dtmf"}),
    "true": frozenset({"speech", "dtmf"}),
}
INVALID = 12200


class Conversing:
    """The caller and the far end of one connection."""

    def __init__(self, leg: Leg, part: Part) -> None:
        self._leg = leg
        self._part = part
        relay = part.name == "ConversationRelay"
        usual = "any" if relay else "none"
        self._in_greeting = self._inputs("welcomeGreetingInterruptible", usual)
        self._in_speech = self._inputs("interruptible", usual)
        self._reported = self._inputs("reportInputDuringAgentSpeech", "none")
        # A stream has the keys of the call anyway.
        self._keys = not relay or part.values.get("dtmfDetection", "").lower() == "true"
        self._unheard: Spoken | Key | None = None  # what came while the other side spoke
        self._since: Milliseconds = 0

    def _inputs(self, name: str, usual: str) -> frozenset[str]:
        text = self._part.values.get(name, usual).lower()
        if text not in INPUTS:
            allowed = ", ".join(INPUTS)
            self._leg.warn(INVALID, self._part.line, f"{name}={text!r} of <{self._part.name}> is not one of {allowed}")
        return INPUTS.get(text, INPUTS[usual])

    def run(self) -> Running[Happening, str]:
        """The greeting, and what the far end's script does; after its last step it stays, unless that hangs up.

        What it handed over.
        """
        greeting = self._part.values.get("welcomeGreeting")
        if greeting:
            yield from self._say(greeting, self._in_greeting)
        far_end = self._leg.lines.at(place_of(self._leg, self._part))
        closed = (yield from self._follow(far_end.steps)) if isinstance(far_end, Answers) else None
        if closed is not None:
            return closed.handoff
        self._leg.give_floor(Floor.TALK)
        while True:
            yield None

    def _follow(self, steps: Iterable[Step]) -> Running[Happening, HangUp | None]:
        """How it hung up, if it did."""
        for step in steps:
            match step:
                case Say(words=words):
                    yield from self._say(words, self._in_speech)
                case Press(keys=keys):
                    self._leg.note(events.Played(at=self._leg.seconds, sound=keys))
                case Wait(seconds=None):
                    yield from self._hear_the_caller()
                case Wait(seconds=seconds):
                    yield from self._pass(milliseconds(seconds or 0))
                case HangUp():
                    return step
        return None

    def _say(self, words: str, interrupted_by: frozenset[str]) -> Running[Happening, None]:
        leg, began, whole = self._leg, self._leg.timeline.now, speaking_time(words)
        leg.give_floor(Floor.TWILIO)
        leg.note(events.Heard(at=leg.seconds, text=words))
        while (happening := (yield began + whole)) is not None:
            kind = _kind(happening)
            if kind in interrupted_by | self._reported:
                self._keep(happening)
            if kind in interrupted_by:
                passed = leg.timeline.now - began
                leg.note(events.CutOff(at=leg.seconds, heard=heard_before(words, passed=passed, whole=whole)))
                return

    def _keep(self, happening: Happening) -> None:
        if isinstance(happening, Spoken) or (isinstance(happening, Key) and self._keys):
            self._unheard, self._since = happening, self._leg.timeline.now

    def _hear_the_caller(self) -> Running[Happening, None]:
        """Until the caller has said something, or pressed a key that reaches the other side."""
        if self._unheard is None:
            self._leg.give_floor(Floor.TALK)
        while self._unheard is None:
            happening = yield None
            if happening is not None:
                self._keep(happening)
        given, self._unheard = self._unheard, None
        if isinstance(given, Spoken):
            yield from self._pass(self._since + given.lasts - self._leg.timeline.now)

    def _pass(self, length: Milliseconds) -> Running[Happening, None]:
        until = self._leg.timeline.now + length
        while self._leg.timeline.now < until and (yield until) is not None:
            pass


def _kind(happening: Happening) -> str:
    match happening:
        case Spoken():
            return "speech"
        case Key():
            return "dtmf"
        case _:
            return ""
