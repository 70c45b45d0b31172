"""Expectations as methods of a call: `call.press("1").should_hear("representative")`."""

from abc import ABC, abstractmethod
from typing import Self

from ivr.harness import events
from ivr.harness.addresses import e164
from ivr.harness.errors import Unmet
from ivr.harness.expect.checking import instead, met
from ivr.harness.expect.text import parse_expectation
from ivr.harness.expect.values import (
    ASKED,
    CONNECTED,
    ON_HOLD,
    At,
    Dialled,
    Ended,
    Expectation,
    Heard,
    JustHeard,
    LeftMessage,
    Not,
    Played,
    Queued,
    Recorded,
    Requested,
    Warned,
)
from ivr.harness.status import CallStatus, Floor
from ivr.harness.telling import transcript_of

__all__ = ["Matchers"]


class Matchers(ABC):
    """Each raises Unmet, an AssertionError that shows the transcript, and gives back the call to go on with."""

    @property
    @abstractmethod
    def transcript(self) -> tuple[events.Event, ...]:
        """Everything that happened, in order."""

    @property
    @abstractmethod
    def floor(self) -> Floor:
        """Whose turn it is."""

    @property
    @abstractmethod
    def on_hold(self) -> bool:
        """Whether the caller waits in a queue or a conference, also while its document asks something."""

    @property
    @abstractmethod
    def to(self) -> str:
        """The number called."""

    @property
    @abstractmethod
    def dialled(self) -> "tuple[Matchers, ...]":
        """The calls made for this one."""

    @property
    @abstractmethod
    def outgoing(self) -> "tuple[Matchers, ...]":
        """The same, after those placed over REST."""

    def should_hear(self, words: str) -> Self:
        """The caller hears these words in answer to what they last pressed or said; waiting in between is fine."""
        __tracebackhide__ = True
        return self.expect(JustHeard(words=words))

    def should_not_hear(self, words: str) -> Self:
        """They do not."""
        __tracebackhide__ = True
        return self.expect(Not(expected=JustHeard(words=words)))

    def should_have_heard(self, words: str) -> Self:
        """The caller heard these words at any time in the call."""
        __tracebackhide__ = True
        return self.expect(Heard(words=words))

    def should_not_have_heard(self, words: str) -> Self:
        """They never did."""
        __tracebackhide__ = True
        return self.expect(Not(expected=Heard(words=words)))

    def should_dial(self, to: str | None = None) -> Self:
        """This number, `client:` or `sip:` address was dialled for the caller, or any."""
        __tracebackhide__ = True
        return self.expect(Dialled(to=None if to is None else e164(to) or to))

    def should_not_dial(self, to: str | None = None) -> Self:
        """It was not."""
        __tracebackhide__ = True
        return self.expect(Not(expected=Dialled(to=None if to is None else e164(to) or to)))

    def should_queue(self, queue: str | None = None) -> Self:
        """The caller was put into this queue, or any."""
        __tracebackhide__ = True
        return self.expect(Queued(queue=queue))

    def should_record(self, words: str = "") -> Self:
        """A recording was made, of these words if any are given."""
        __tracebackhide__ = True
        return self.expect(Recorded(words=words))

    def should_leave_message(self, words: str = "") -> Self:
        """The voicemail at the far end recorded a message, of these words if any are given."""
        __tracebackhide__ = True
        return self.expect(LeftMessage(words=words))

    def should_play(self, sound: str) -> Self:
        """A sound was played whose URL ends so."""
        __tracebackhide__ = True
        return self.expect(Played(sound=sound))

    def should_request(self, url: str, **params: str) -> Self:
        """A request was made to a URL that ends so, with these parameters among others."""
        __tracebackhide__ = True
        return self.expect(Requested(url=url, params=params))

    def should_warn(self, code: int | None = None) -> Self:
        """Twilio's debugger would have this warning or error, or any."""
        __tracebackhide__ = True
        return self.expect(Warned(code=code))

    def should_not_warn(self) -> Self:
        """It would have none."""
        __tracebackhide__ = True
        return self.expect(Not(expected=Warned()))

    def should_be_asked(self) -> Self:
        """The application listens for keys or speech, or records."""
        __tracebackhide__ = True
        return self.expect(ASKED)

    def should_be_on_hold(self) -> Self:
        """The caller waits in a queue, or alone in a conference."""
        __tracebackhide__ = True
        return self.expect(ON_HOLD)

    def should_be_connected(self) -> Self:
        """Somebody can hear the caller."""
        __tracebackhide__ = True
        return self.expect(CONNECTED)

    def should_end(self, status: str | None = None) -> Self:
        """The call is over, with this status if one is given."""
        __tracebackhide__ = True
        return self.expect(Ended(status=None if status is None else CallStatus(status)))

    def expect(self, expected: Expectation | str) -> Self:
        """Any expectation, as a value or as a script writes it (`dialled +14155550101`); raises Unmet, ScriptError."""
        __tracebackhide__ = True
        wanted = parse_expectation(expected) if isinstance(expected, str) else expected
        if isinstance(wanted, At):
            self._expect_at(wanted)
            return self
        if not met(wanted, self.transcript, self.floor, on_hold=self.on_hold):
            told = instead(wanted, self.transcript, self.floor)
            raise Unmet(str(wanted), told, transcript_of(self.transcript))
        return self

    def _expect_at(self, wanted: At) -> None:
        """The same of a leg that was dialled, or placed over REST, whose transcript is shown then."""
        __tracebackhide__ = True
        legs = [leg for leg in self.outgoing if leg.to == wanted.to]
        if not legs:
            dialled = ", ".join(leg.to for leg in self.outgoing) or "none"
            raise Unmet(str(wanted), f"dialled: {dialled}", transcript_of(self.transcript))
        leg = legs[-1]
        if not met(wanted.expected, leg.transcript, leg.floor, on_hold=leg.on_hold):
            told = instead(wanted.expected, leg.transcript, leg.floor)
            raise Unmet(str(wanted), told, transcript_of(leg.transcript))
