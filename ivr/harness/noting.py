"""What is noted of one call: its transcript, and who listens to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ivr.harness import events
from ivr.harness.timeline import Timeline
from ivr.harness.turns import Turns

__all__ = ["Noting"]


class Noting(Turns):
    """Keeps a transcript by virtual time; `began` is the time of day when that was 0."""

    __slots__ = ("_began", "_ears", "_no_effect", "timeline", "transcript")

    def __init__(self, timeline: Timeline, began: datetime) -> None:
        super().__init__()
        self.timeline = timeline
        self.transcript: list[events.Event] = []
        self._began = began
        self._ears: tuple[Callable[[events.Event], None], ...] = ()
        self._no_effect: frozenset[tuple[str, str]] = frozenset()  # of which attributes it was said

    @property
    def seconds(self) -> float:
        """The virtual time, in seconds."""
        return self.timeline.now / 1000

    @property
    def now(self) -> datetime:
        """The virtual time of day."""
        return self._began + timedelta(0, 0, 0, self.timeline.now)

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
            self._no_effect |= {(element, name) for name in new}
            told = tuple(filter(None, new))
            self.note(events.NoEffect(at=self.seconds, line=line, element=element, attributes=told))
