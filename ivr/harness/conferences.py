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

__all__ = ["HUNG_UP", "UPDATED", "Conference", "Conferences", "Participant", "Tell"]

L = TypeVar("L")

HUNG_UP = "participant_hung_up"
UPDATED = "participant_updated_via_api"
MODERATOR = "moderator_ended_conference"
VIA_API = "conference_ended_via_api"


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
    beep: str = "true"
    """When the others hear a beep: `true`, `false`, `onEnter` or `onExit`."""
    present: bool = True
    leaving: bool = False
    """They pressed the star that takes them out, and still wait."""
    disturb: Callable[[], None]


class Tell(Protocol[L]):
    """Told of everything that happens in a conference: its status callback, or its recording."""

    def __call__(self, conference: "Conference[L]", event: str, who: "Participant[L] | None", **more: str) -> None:
        """`who` it is about, and further parameters of the event."""
        ...


@dataclass(kw_only=True, slots=True, eq=False)
class Conference(Generic[L]):
    """`tell` is the status callback, and `followers` are told as well."""

    sid: str
    name: str
    began: Milliseconds
    status: str = "init"
    participants: list[Participant[L]] = field(default_factory=list)
    invited: list[Participant[L]] = field(default_factory=list)
    """Who was called into it over REST, whether they have come or not."""
    tell: "Tell[L]"
    followers: "list[Tell[L]]" = field(default_factory=list)
    reason_ended: str = ""
    ended_by: str = ""

    def happened(self, event: str, who: Participant[L] | None, **more: str) -> None:
        """Tell whoever wants to know."""
        for tell in (self.tell, *self.followers):
            tell(self, event, who, **more)

    def join(self, participant: Participant[L]) -> None:
        """They are in; with two, one of whom starts it, everybody talks."""
        self.participants.append(participant)
        self.happened("participant-join", participant)
        if self.status == "init" and len(self.participants) > 1 and any(each.starts for each in self.participants):
            self.status = "in-progress"
            self.happened("conference-start", participant)
            for each in self.participants:
                each.disturb()

    def leave(self, participant: Participant[L], why: str, *, kicked: bool = False) -> None:
        """They are gone; the last, or one with endConferenceOnExit, ends it for all."""
        if participant not in self.participants:
            return
        self._let_go(participant, why)
        how = "kicked" if kicked else "left"
        if participant.ends:
            self.end(f"participant-with-end-conference-on-exit-{how}", participant, why=MODERATOR)
        elif not self.participants:
            self.end(f"last-participant-{how}", participant)

    def end(self, reason: str, by: Participant[L] | None = None, *, why: str = VIA_API) -> None:
        """It is over, for whoever is still in it: first they leave, and then it ends."""
        if self.status == "completed":
            return
        self.status, self.reason_ended, self.ended_by = "completed", reason, "" if by is None else by.sid
        for each in tuple(self.participants):
            self._let_go(each, why)
            each.disturb()
        self.happened("conference-end", by)

    def remove(self, participant: Participant[L]) -> None:
        """Send them out: their document goes on after its Dial."""
        self.leave(participant, UPDATED, kicked=True)
        participant.disturb()

    def _let_go(self, participant: Participant[L], why: str) -> None:
        self.participants.remove(participant)
        participant.present = False
        self.happened("participant-leave", participant, ReasonParticipantLeft=why)

    def mute(self, participant: Participant[L], muted: bool) -> None:
        """Whether the others hear them."""
        if participant.muted is not muted:
            participant.muted = muted
            self.happened("participant-mute" if muted else "participant-unmute", participant)

    def hold(self, participant: Participant[L], held: bool, music: Ask | None = None) -> None:
        """Whether they are taken aside, to music."""
        if participant.held is not held:
            participant.held, participant.hold_music = held, music
            self.happened("participant-hold" if held else "participant-unhold", participant)
            participant.disturb()

    def modify(self, participant: Participant[L], *, ends: bool, coaching: str, beep: str) -> None:
        """Whether it ends with them, whom they coach, and when they are beeped for."""
        before = (participant.ends, participant.coaching, participant.beep)
        participant.ends, participant.coaching, participant.beep = ends, coaching, beep
        if before != (ends, coaching, beep):
            self.happened("participant-modify", participant)

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
