"""The course of one call: the process that runs in it, what interrupts that, and when it was answered and over."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from ivr.harness import events
from ivr.harness.asking import Asking, Sounds
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.happenings import Happening
from ivr.harness.process import Interruption, Process, Running
from ivr.harness.status import CallStatus, Floor
from ivr.harness.timeline import Milliseconds, Timeline

__all__ = ["Course"]

LONGEST_CALL: Milliseconds = 4 * 60 * 60 * 1000  # an account's limit, unless it asks for more


class Course(Asking):
    """A call that has begun to ring."""

    __slots__ = ("_answered", "_ended", "_process", "created", "place")

    def __init__(
        self,
        timeline: Timeline,
        began: datetime,
        *,
        fetcher: Fetcher,
        sounds: Sounds,
        document_url: str,
        params: Mapping[str, str],
    ) -> None:
        super().__init__(timeline, began, fetcher=fetcher, sounds=sounds, document_url=document_url, params=params)
        self.created = timeline.now
        self.place: object = None  # the queue's member or the conference's participant it is
        self._answered: Milliseconds | None = None
        self._ended: Milliseconds | None = None
        self._process: Process[Happening] | None = None

    def start(self, running: Running[Happening, None], *, at_most: Milliseconds = LONGEST_CALL) -> None:
        """Let it run, for as long as a call may last."""
        self._process = Process(self.timeline, running)
        self._process.limit(self.timeline.now + at_most)
        self._process.start()

    def tell(self, happening: Happening) -> None:
        """Tell its process what happened."""
        if self._process is not None:
            self._process.tell(happening)

    def disturb(self, why: Interruption, place: object) -> None:
        """Interrupt it, if it is still at that place when its turn comes."""
        self.timeline.soon(partial(self._disturb_now, why, place))

    def _disturb_now(self, why: Interruption, place: object) -> None:
        if self._process is not None and not self.over and self.place is place:
            self._process.throw(why)

    def interrupt(self, why: Interruption, status: CallStatus) -> None:
        """Interrupt it, with this status from then on, unless it is over when its turn comes."""
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
        self._process = None  # a call kept to be looked at keeps nothing that ran in it
        self.give_floor(Floor.OVER)

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
    def duration(self) -> int:
        """Whole seconds since it was answered, up to its end; a begun second counts."""
        if self._answered is None:
            return 0
        end = self.timeline.now if self._ended is None else self._ended
        return -((self._answered - end) // 1000)
