"""Conferences: who is in one, who hears whom, and when it starts and ends.

https://www.twilio.com/docs/voice/twiml/conference: it starts with two, one of them with startConferenceOnEnter, and
ends when the last leaves or one with endConferenceOnExit does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from ivr.harness.outcome import Ask
from ivr.harness.sids import Sids
from ivr.harness.timeline import Milliseconds

__all__ = ["Conference", "Conferences", "Participant", "Tell"]

L = TypeVar("L")


@dataclass(kw_only=True, slots=True, eq=False)
class Participant(Generic[L]):
    """One caller in a conference; `coaching` is the CallSid of the only one who hears them."""

    leg: L
    sid: str
    label: str = ""
    muted: bool = False
    held: bool = False
    hold_music: Ask | None = None
    coaching: str = ""
    starts: bool = True
    ends: bool = False
    present: bool = True
    disturb: Callable[[], None]


class Tell(Protocol[L]):
    """Requests the status callback, where there is one for this event."""

    def __call__(self, conference: "Conference[L]", event: str, who: "Participant[L] | None", **more: str) -> None:
        """`who` it is about, and further parameters of the event."""
        ...


@dataclass(kw_only=True, slots=True, eq=False)
class Conference(Generic[L]):
    """`tell` requests its status callback: the event, and the participant it is about."""

    sid: str
    name: str
    began: Milliseconds
    status: str = "init"
    participants: list[Participant[L]] = field(default_factory=list)
    invited: list[Participant[L]] = field(default_factory=list)
    """Who was called into it over REST, whether they have come or not."""
    tell: "Tell[L]"
    sequence: int = 0
    reason_ended: str = ""
    ended_by: str = ""

    def join(self, participant: Participant[L]) -> None:
        """They are in; with two, one of whom starts it, everybody talks."""
        self.participants.append(participant)
        self.tell(self, "participant-join", participant)
        if self.status == "init" and len(self.participants) > 1 and any(each.starts for each in self.participants):
            self.status = "in-progress"
            self.tell(self, "conference-start", participant)
            for each in self.participants:
                each.disturb()

    def leave(self, participant: Participant[L]) -> None:
        """They are gone; the last, or one with endConferenceOnExit, ends it for all."""
        if participant not in self.participants:
            return
        self.participants.remove(participant)
        participant.present = False
        self.tell(self, "participant-leave", participant)
        if participant.ends:
            self.end("participant-with-end-conference-on-exit-left", participant)
        elif not self.participants:
            self.end("last-participant-left", participant)

    def end(self, reason: str, by: Participant[L] | None = None) -> None:
        """It is over, for whoever is still in it."""
        if self.status == "completed":
            return
        self.status, self.reason_ended, self.ended_by = "completed", reason, "" if by is None else by.sid
        for each in tuple(self.participants):
            self.remove(each)
        self.tell(self, "conference-end", by)

    def remove(self, participant: Participant[L]) -> None:
        """Send them out: their document goes on after its Dial."""
        if participant.present:
            participant.present = False
            participant.disturb()

    def mute(self, participant: Participant[L], muted: bool) -> None:
        """Whether the others hear them."""
        if participant.muted is not muted:
            participant.muted = muted
            self.tell(self, "participant-mute" if muted else "participant-unmute", participant)

    def hold(self, participant: Participant[L], held: bool, music: Ask | None = None) -> None:
        """Whether they are taken aside, to music."""
        if participant.held is not held:
            participant.held, participant.hold_music = held, music
            self.tell(self, "participant-hold" if held else "participant-unhold", participant)
            participant.disturb()

    def hearers(self, speaker: Participant[L]) -> Iterator[L]:
        """Whoever hears them now: a coach is heard by the one they coach only."""
        if self.status != "in-progress" or speaker.muted or speaker.held:
            return
        for each in self.participants:
            if each is not speaker and not each.held and speaker.coaching in ("", each.sid):
                yield each.leg


class Conferences(Generic[L]):
    """The conferences of an account: one of a name at a time, and those that are over."""

    def __init__(self, sids: Sids) -> None:
        self._sids = sids
        self.by_sid: dict[str, Conference[L]] = {}
        self._open: dict[str, Conference[L]] = {}

    def named(
        self,
        name: str,
        *,
        now: Milliseconds,
        tell: Tell[L],
    ) -> Conference[L]:
        """The conference of that name that goes on, or a new one; the first to come says what its callback is."""
        found = self._open.get(name)
        if found is None or found.status == "completed":
            found = Conference(sid=self._sids.make("CF"), name=name, began=now, tell=tell)
            self._open[name] = self.by_sid[found.sid] = found
        elif not found.participants and found.status == "init":
            found.tell = tell  # REST made it for somebody who was called, and nobody has come yet
        return found
