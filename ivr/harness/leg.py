"""A leg: Twilio's end of one call, from first ring to hang-up. What it does next is in `running` and `verbs`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from ivr.harness import events
from ivr.harness.api import API_VERSION
from ivr.harness.asking import Sounds
from ivr.harness.conferences import Conferences
from ivr.harness.course import Course
from ivr.harness.doing import Doing
from ivr.harness.far_ends import FarEnd
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.happenings import Happening, HungUp, Key, Redirected, Released, Spoken
from ivr.harness.lines import Webhooks
from ivr.harness.outcome import Ask, End, LeaveQueue, Params
from ivr.harness.process import Running
from ivr.harness.queues import Queues
from ivr.harness.recordings import Recorder, Recording, Transcription
from ivr.harness.sids import Sids
from ivr.harness.speaking import speaking_time
from ivr.harness.status import CallStatus, Direction, Floor
from ivr.harness.texting import Texts
from ivr.harness.timeline import Milliseconds, Timeline
from ivr.harness.twiml.dial import Party
from ivr.harness.twiml.document import Document
from ivr.harness.twiml.table import Verb

__all__ = ["Leg", "Lines"]

USUAL_CONFIDENCE = 0.9
HIDDEN = "x"
AFTERMATH: Milliseconds = 3000  # how long the keys of an entry that failed may still come


class Lines(Protocol):
    """What a leg needs of the exchange."""

    timeline: Timeline
    sids: Sids
    began: datetime
    api_url: str

    legs: "dict[str, Leg]"
    """All calls, in the order they were made."""
    queues: "Queues[Leg]"
    conferences: "Conferences[Leg]"
    texts: Texts
    sounds: Sounds
    recordings: dict[str, Recording]
    transcriptions: dict[str, Transcription]
    tapes: dict[str, Recorder]
    """The recordings that run or ran, by their SIDs, but for those of Record."""

    def ring(self, parent: "Leg", party: Party, caller_id: str | None) -> "Leg":
        """A new leg that calls the party; what becomes of it is told to `parent`."""
        ...

    def documents(
        self, leg: "Leg", first: Ask, allowed: frozenset[str], params: Params | None = None
    ) -> Running[Happening, End | LeaveQueue | None]:
        """Run documents inside a verb, of the allowed verbs only, each told `params`; raises Refused for none."""
        ...

    def at(self, address: str) -> FarEnd:
        """Who answers at this number, client or SIP address."""
        ...

    @property
    def own_numbers(self) -> frozenset[str]:
        """The account's numbers, and those validated for it; none where nobody has said."""
        ...

    def keep(self, recording: Recording) -> None:
        """Keep a recording, so that it can be fetched."""
        ...


class Leg(Course):
    """One call's state, and the only way its process changes the world."""

    __slots__ = (
        "_secret_before", "_secret_until", "account_sid", "at", "callbacks_sent", "children", "confidential",
        "direction", "far_side", "from_", "lines", "on_its_own", "others", "parent", "services", "sid", "to",
        "verbs", "webhooks",
    )  # fmt: skip

    def __init__(
        self,
        *,
        lines: Lines,
        fetcher: Fetcher,
        account_sid: str,
        webhooks: Webhooks,
        from_: str,
        to: str,
        direction: Direction,
        parent: "Leg | None" = None,
        params: Mapping[str, str] | None = None,
    ) -> None:
        self.lines = lines
        self.sid = lines.sids.make("CA")
        super().__init__(
            lines.timeline,
            lines.began,
            fetcher=fetcher,
            sounds=lines.sounds,
            document_url=webhooks.voice_url,
            params={
                "CallSid": self.sid,
                "AccountSid": account_sid,
                "From": from_,
                "To": to,
                "CallStatus": "",
                "ApiVersion": API_VERSION,
                "Direction": str(direction),
                "Caller": from_,
                "Called": to,
                **({} if parent is None else {"ParentCallSid": parent.sid}),
                **(params or {}),
            },
        )
        self.account_sid = account_sid
        self.webhooks = webhooks
        self.from_ = from_
        self.to = to
        self.parent = parent
        self.direction = direction
        self.verbs: tuple[Verb, ...] = ()  # of the document being run, and which of them is being done
        self.at = 0
        self.callbacks_sent = 0
        self.others: Callable[[], Iterable[Leg]] | None = None  # who hears this party
        self.confidential = False  # a card's details are asked for: what the caller keys or says is hidden
        self._secret_until: Milliseconds = 0
        self._secret_before = 0  # and only until the caller is asked something else
        self.far_side: Leg | None = None  # the call at the number that this leg dialled, whose caller it is
        self.services: dict[tuple[str, str], Callable[[], None]] = {}  # what Start began, and how it is stopped
        self.on_its_own = False  # REST took it away from the leg that dialled it
        self.children: list[Leg] = []

    # What the caller does.

    def press(self, key: str) -> None:
        """A key of the caller's phone."""
        if not self.over:
            hidden = self.private
            shown = HIDDEN if hidden else key
            self.note(events.Pressed(at=self.seconds, key=shown))
            self.sound(shown)
            self.tell(Key(key=key))
            if hidden:
                self._press_beyond(key)

    def speak(self, words: str, confidence: float | None) -> Milliseconds:
        """The caller begins to say this; how long it takes."""
        lasts = speaking_time(words)
        sure = USUAL_CONFIDENCE if confidence is None else confidence
        if not self.over:
            shown = HIDDEN if self.private else words
            self.note(events.Spoke(at=self.seconds, words=shown, confidence=sure))
            for other in self.hearers():
                other.note(events.Heard(at=self.seconds, text=shown))
            self.tell(Spoken(words=words, confidence=sure, lasts=lasts))
        return lasts

    def _press_beyond(self, key: str) -> None:
        """A hidden key does not go by what is heard of it: it is handed on to the call that asks for it."""
        for other in self.hearers():
            if other.far_side is not None:
                other.far_side.press(key)

    def sound(self, sound: str) -> None:
        """Whoever hears this party hears a beep, or the tone of a key."""
        for other in self.hearers():
            other.note(events.Played(at=self.seconds, sound=sound))

    def hearers(self) -> tuple["Leg", ...]:
        """Whoever hears this party now."""
        return () if self.others is None else tuple(self.others())

    @property
    def doing(self) -> Doing | None:
        """The document being run and its verb, or None between documents."""
        return Doing(url=self.document_url, verbs=self.verbs, at=self.at) if self.verbs else None

    @property
    def private(self) -> bool:
        """Whether what this party keys or says is a card's details, also to a call at the number it is connected to."""
        return (
            self.confidential
            or (self.timeline.now < self._secret_until and self.questions == self._secret_before)
            or any(other.far_side is not None and other.far_side.private for other in self.hearers())
        )

    def keep_secret(self) -> None:
        """Hide for a moment what is still keyed of a card's details, unless something else is asked."""
        self._secret_until = self.timeline.now + AFTERMATH
        self._secret_before = self.questions

    def connect(self, other: "Leg") -> None:
        """The two hear each other."""
        for one, two in ((self, other), (other, self)):
            one.others = partial(_only, two)
            one.note(events.Connected(at=one.seconds, sid=two.sid))
            one.give_floor(Floor.TALK)

    def disconnect(self) -> None:
        """Nobody hears this party any more."""
        self.others = None

    def hang_up(self) -> None:
        """The caller puts the phone down."""
        self.interrupt(HungUp(), CallStatus.COMPLETED if self.answered else CallStatus.NO_ANSWER)

    # What Twilio does with it.

    def release(self, status: CallStatus) -> None:
        """End it from the side of the leg that dialled it: `completed` if it was answered, else with this status."""
        if not self.on_its_own:
            self.end(status)

    def end(self, status: CallStatus) -> None:
        """End it, whoever dialled it."""
        final = CallStatus.COMPLETED if self.answered else status
        self.interrupt(Released(final), final)

    def redirect(self, to: Ask | Document) -> None:
        """Give it another document, whatever it is doing."""
        self.interrupt(Redirected(to), self.status)

    def finish(self, status: CallStatus, reason: str) -> None:
        """The call is over; nobody hears this party any more."""
        self.disconnect()
        self.verbs = ()
        super().finish(status, reason)


def _only(leg: Leg) -> tuple[Leg, ...]:
    return (leg,)
