"""A leg: Twilio's end of one call, from first ring to hang-up. What it does next is in `running` and `verbs`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from ivr.harness import events
from ivr.harness.conferences import Conferences
from ivr.harness.doing import Doing
from ivr.harness.errors import Refused
from ivr.harness.far_ends import FarEnd
from ivr.harness.fetch.cookies import CookieJar
from ivr.harness.fetch.fetcher import Fetched, Fetcher
from ivr.harness.fetch.http import Request, Response, joined
from ivr.harness.fetch.media import length_of_wav
from ivr.harness.happenings import Happening, HungUp, Key, Redirected, Released, Spoken
from ivr.harness.lines import Webhooks
from ivr.harness.outcome import Ask, End, LeaveQueue
from ivr.harness.process import Interruption, Process, Running
from ivr.harness.queues import Queues
from ivr.harness.recordings import Recorder, Recording, Transcription
from ivr.harness.sids import Sids
from ivr.harness.speaking import speaking_time
from ivr.harness.status import CallStatus, Direction, Floor
from ivr.harness.texting import Texts
from ivr.harness.timeline import Milliseconds, Timeline
from ivr.harness.twiml.dial import Party
from ivr.harness.twiml.document import Document

__all__ = ["Leg", "Lines"]

API_VERSION = "2010-04-01"
USUAL_CONFIDENCE = 0.9
HIDDEN = "x"
AFTERMATH: Milliseconds = 3000  # how long the keys of an entry that failed may still come
LONGEST_CALL: Milliseconds = 4 * 60 * 60 * 1000  # an account's limit, unless it asks for more


class Lines(Protocol):
    """What a leg needs of the exchange."""

    timeline: Timeline
    sids: Sids
    began: datetime
    api_url: str

    queues: "Queues[Leg]"
    conferences: "Conferences[Leg]"
    texts: Texts
    sounds: "dict[str, Milliseconds | Refused]"
    """The length of each sound asked for, or why it cannot be had."""
    transcriptions: dict[str, Transcription]
    tapes: dict[str, Recorder]
    """The recordings that run or ran, by their SIDs, but for those of Record."""

    def ring(self, parent: "Leg", party: Party, caller_id: str | None) -> "Leg":
        """A new leg that calls the party; what becomes of it is told to `parent`."""
        ...

    def documents(self, leg: "Leg", first: Ask, allowed: frozenset[str]) -> Running[Happening, End | LeaveQueue | None]:
        """Run documents inside a verb, of the allowed verbs only; raises Refused when one cannot be had."""
        ...

    def at(self, address: str) -> FarEnd:
        """Who answers at this number, client or SIP address."""
        ...

    def keep(self, recording: Recording) -> None:
        """Keep a recording, so that it can be fetched."""
        ...


class Leg:
    """One call's state, and the only way its process changes the world."""

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
        self.timeline = lines.timeline
        self.fetcher = fetcher
        self.sid = lines.sids.make("CA")
        self.account_sid = account_sid
        self.webhooks = webhooks
        self.from_ = from_
        self.to = to
        self.parent = parent
        self.direction = direction
        self.status = CallStatus.RINGING
        self.transcript: list[events.Event] = []
        self.floor = Floor.TWILIO
        self._no_effect: set[tuple[str, str]] = set()  # of which attributes it was said
        self.questions = 0  # how often the caller got the floor
        self.document_url = webhooks.voice_url
        self.doing: Doing | None = None
        self.callbacks_sent = 0
        self.others: Callable[[], Iterable[Leg]] | None = None  # who hears this party
        self._ears: tuple[Callable[[events.Event], None], ...] = ()
        self.on_hold = False
        self.confidential = False  # a card's details are asked for: what the caller keys or says is hidden
        self._secret_until: Milliseconds = 0
        self.far_side: Leg | None = None  # the call at the number that this leg dialled, whose caller it is
        self.services: dict[tuple[str, str], Callable[[], None]] = {}  # what Start began, and how it is stopped
        self.place: object = None  # the queue's member or the conference's participant it is
        self.on_its_own = False  # REST took it away from the leg that dialled it
        self.children: list[Leg] = []
        self.created = lines.timeline.now
        self._answered: Milliseconds | None = None
        self._ended: Milliseconds | None = None
        self._cookies = CookieJar()
        self._process: Process[Happening] | None = None
        self._watchers: list[Callable[[], None]] = []
        self._params: dict[str, str] = {
            "CallSid": self.sid,
            "AccountSid": account_sid,
            "From": from_,
            "To": to,
            "CallStatus": "",
            "ApiVersion": API_VERSION,
            "Direction": direction.value,
            "Caller": from_,
            "Called": to,
            **({} if parent is None else {"ParentCallSid": parent.sid}),
            **(params or {}),
        }

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
    def private(self) -> bool:
        """Whether what this party keys or says is a card's details, also to a call at the number it is connected to."""
        return (
            self.confidential
            or self.timeline.now < self._secret_until
            or any(other.far_side is not None and other.far_side.private for other in self.hearers())
        )

    def keep_secret(self) -> None:
        """Hide for a moment what is still keyed of a card's details, unless something else is asked."""
        self._secret_until = self.timeline.now + AFTERMATH

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
        unanswered = self._answered is None
        self._interrupt(HungUp(), CallStatus.NO_ANSWER if unanswered else CallStatus.COMPLETED)

    # What Twilio does with it.

    def start(self, running: Running[Happening, None], *, at_most: Milliseconds = LONGEST_CALL) -> None:
        """Let it run, for as long as a call may last."""
        self._process = Process(self.timeline, running)
        self._process.limit(self.timeline.now + at_most)
        self._process.start()

    def tell(self, happening: Happening) -> None:
        """Tell its process what happened."""
        if self._process is not None:
            self._process.tell(happening)

    def release(self, status: CallStatus) -> None:
        """End it from the side of the leg that dialled it: `completed` if it was answered, else with this status."""
        if not self.on_its_own:
            self.end(status)

    def end(self, status: CallStatus) -> None:
        """End it, whoever dialled it."""
        final = status if self._answered is None else CallStatus.COMPLETED
        self._interrupt(Released(final), final)

    def redirect(self, to: Ask | Document) -> None:
        """Give it another document, whatever it is doing."""
        self._interrupt(Redirected(to), self.status)

    def disturb(self, why: Interruption, place: object) -> None:
        """Interrupt it, if it is still at that place when its turn comes."""
        self.timeline.soon(partial(self._disturb_now, why, place))

    def _disturb_now(self, why: Interruption, place: object) -> None:
        if self._process is not None and not self.over and self.place is place:
            self._process.throw(why)

    def _interrupt(self, why: Interruption, status: CallStatus) -> None:
        self.timeline.soon(partial(self._interrupt_now, why, status))

    def _interrupt_now(self, why: Interruption, status: CallStatus) -> None:
        if self._process is not None and not self.over:
            self.status = status  # before the last requests are made, which report it
            self._process.throw(why)

    def answer(self) -> None:
        """Pick up, if that has not happened yet."""
        if self._answered is None:
            self._answered = self.timeline.now
            self.status = CallStatus.IN_PROGRESS
            self.note(events.Answered(at=self.seconds))

    def finish(self, status: CallStatus, reason: str) -> None:
        """The call is over."""
        self.status = status
        self._ended = self.timeline.now
        self.note(events.Ended(at=self.seconds, status=status, reason=reason, seconds=self.duration))
        self.disconnect()
        self.doing = self._process = None  # a call kept to be looked at keeps nothing that ran in it
        self.give_floor(Floor.OVER)

    def hold(self, on: bool) -> None:
        """Whether the caller waits, on hold, whenever nobody asks them anything."""
        self.on_hold = on
        self.give_floor(Floor.TWILIO)

    def give_floor(self, floor: Floor) -> None:
        """Say whose turn it is; whoever waits for the caller's turn is woken."""
        if floor is Floor.TWILIO and self.on_hold:
            floor = Floor.HOLD
        if floor is self.floor:
            return
        self.floor = floor
        if floor.settled:
            self.questions += 1
            self._secret_until = 0
            for wake in self._watchers:
                wake()

    def watch(self, wake: Callable[[], None]) -> None:
        """Call this whenever the caller gets the floor, and at the end."""
        self._watchers.append(wake)

    def unwatch(self, wake: Callable[[], None]) -> None:
        """No longer."""
        self._watchers.remove(wake)

    def note(self, event: events.Event) -> None:
        """Write it into the transcript."""
        for ear in self._ears:
            ear(event)
        self.transcript.append(event)

    def overhear(self, ear: Callable[[events.Event], None]) -> None:
        """Tell this of everything, before it is noted: a machine at the far end, or a recording."""
        self._ears = (*self._ears, ear)

    def warn(self, code: int, line: int, text: str) -> None:
        """One of Twilio's warnings: the call goes on."""
        self.note(events.Warned(at=self.seconds, code=code, line=line, text=text))

    def tell_no_effect(self, line: int, element: str, attributes: tuple[str, ...]) -> None:
        """Say of each attribute, once a call, that it changes nothing; without any, of the element."""
        new = [name for name in attributes or ("",) if (element, name) not in self._no_effect]
        if new:
            self._no_effect.update((element, name) for name in new)
            told = tuple(filter(None, new))
            self.note(events.NoEffect(at=self.seconds, line=line, element=element, attributes=told))

    # What it asks the application.

    def learn(self, **params: str) -> None:
        """From now on every request has these parameters too."""
        self._params |= params

    def params(self) -> dict[str, str]:
        """The parameters of every request: https://www.twilio.com/docs/voice/twiml#request-parameters."""
        return {**self._params, "CallStatus": self.status.value}

    def resolve(self, url: str | None) -> str:
        """A URL of the current document: relative to it, or itself when there is none."""
        return joined(self.document_url, url) if url else self.document_url

    def fetch(self, purpose: str, ask: Ask) -> Fetched:
        """The answer to a request, everything about it noted; raises Refused."""
        return self.fetcher.fetch(
            ask.method,
            ask.url,
            {**self._params, "CallStatus": self.status.value, **ask.params} if ask.of_call else ask.params,
            cookies=self._cookies,
            now=self.now,
            note=partial(self._note_request, purpose),
        )

    def length_of_sound(self, url: str, usual: Milliseconds) -> Milliseconds:
        """How long the sound there is, `usual` if it does not say; fetched once an exchange. Raises Refused."""
        sounds = self.lines.sounds
        if url not in sounds:
            try:
                body = self.fetcher.media(url)
                length = None if body is None else length_of_wav(body)
                sounds[url] = usual if length is None else length
            except Refused as problem:
                sounds[url] = problem
        found = sounds[url]
        if isinstance(found, Refused):
            raise found
        return found

    def _note_request(self, purpose: str, request: Request, response: Response | None, problem: Refused | None) -> None:
        self.note(
            events.Requested(at=self.seconds, purpose=purpose, request=request, response=response, problem=problem)
        )

    # How it stands.

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self._ended is not None

    @property
    def answered(self) -> bool:
        """Whether it was ever picked up."""
        return self._answered is not None

    @property
    def answered_at(self) -> Milliseconds | None:
        """When it was picked up."""
        return self._answered

    @property
    def ended_at(self) -> Milliseconds | None:
        """When it was over."""
        return self._ended

    @property
    def seconds(self) -> float:
        """The virtual time, in seconds."""
        return self.timeline.now / 1000

    @property
    def now(self) -> datetime:
        """The virtual time of day."""
        return self.lines.began + timedelta(milliseconds=self.timeline.now)

    @property
    def duration(self) -> int:
        """Whole seconds since it was answered, up to its end; a begun second counts."""
        if self._answered is None:
            return 0
        end = self.timeline.now if self._ended is None else self._ended
        return -((self._answered - end) // 1000)


def _only(leg: Leg) -> tuple[Leg, ...]:
    return (leg,)
