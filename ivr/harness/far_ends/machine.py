"""A voicemail at work: it greets, beeps, and records what it hears."""

from dataclasses import dataclass

from ivr.harness import events
from ivr.harness.far_ends.values import Voicemail
from ivr.harness.leg import Leg
from ivr.harness.speaking import heard_before, speaking_time
from ivr.harness.timeline import Milliseconds, milliseconds

__all__ = ["CLICK", "Machine", "beeps_after"]

CLICK: Milliseconds = 500  # between picking up and the greeting


def beeps_after(voicemail: Voicemail) -> Milliseconds:
    """From picking up to the beep."""
    return CLICK + speaking_time(voicemail.greeting)


@dataclass(kw_only=True, slots=True)
class _Words:
    """Something said to the machine; `until` it was said or broken off."""

    text: str
    began: Milliseconds
    until: Milliseconds


class Machine:
    """Listens to what the leg hears, from its answer to its end."""

    def __init__(self, leg: Leg, voicemail: Voicemail) -> None:
        self._leg = leg
        self._timeline = leg.timeline
        self._voicemail = voicemail
        self._said: list[_Words] = []
        self._beeped: Milliseconds | None = None
        leg.overhear(self._hear)

    def _hear(self, event: events.Event) -> None:
        now = self._timeline.now
        match event:
            case events.Answered():
                self._timeline.at(now + CLICK, self._greet)
            case events.Heard(text=text):
                self._said.append(_Words(text=text, began=now, until=now + speaking_time(text)))
            case events.CutOff() if self._said:
                self._said[-1].until = now
            case events.Ended():
                self._keep()
            case _:
                pass

    def _greet(self) -> None:
        if not self._leg.over:
            self._leg.speak(self._voicemail.greeting, None)
            self._timeline.at(self._timeline.now + speaking_time(self._voicemail.greeting), self._beep)

    def _beep(self) -> None:
        if not self._leg.over:
            self._leg.sound("beep")
            self._beeped = self._timeline.now
            self._timeline.at(self._beeped + milliseconds(self._voicemail.longest), self._leg.hang_up)

    def _keep(self) -> None:
        """The message is what was said from the beep on: of words that had begun before it, the rest."""
        if self._beeped is not None:
            heard = (self._after_beep(words, self._beeped) for words in self._said)
            message = " ".join(filter(None, heard))
            self._leg.note(events.MessageLeft(at=self._leg.seconds, words=message))

    def _after_beep(self, words: _Words, beeped: Milliseconds) -> str:
        whole = speaking_time(words.text)
        until = min(words.until, self._timeline.now)
        out = heard_before(words.text, passed=min(until - words.began, whole), whole=whole)
        if words.began >= beeped:
            return out
        missed = heard_before(words.text, passed=min(beeped - words.began, whole), whole=whole)
        return out.removeprefix(missed).strip()
