"""What can happen to a leg while it listens."""

from collections.abc import Callable
from typing import TypeAlias

from ivr.frozen import frozen
from ivr.harness.outcome import Ask
from ivr.harness.process import Interruption
from ivr.harness.status import CallStatus
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.document import Document

__all__ = [
    "Changed",
    "ChildAnswered",
    "ChildEnded",
    "ChildPickedUp",
    "ChildReferred",
    "Dequeued",
    "FarEndAnswered",
    "FarEndLeft",
    "Happening",
    "HungUp",
    "Key",
    "QueueReady",
    "Redirected",
    "Released",
    "Spoken",
]


@frozen
class Key:
    """The caller pressed a key."""

    key: str


@frozen
class Spoken:
    """The caller began to say this, which takes so long; `confidence` is the recogniser's."""

    words: str
    confidence: float
    lasts: Milliseconds


@frozen
class ChildPickedUp:
    """A leg dialled by this one was picked up, and hears its own document before the two are connected."""

    sid: str


@frozen
class ChildAnswered:
    """A leg dialled by this one was answered, and is ready to be connected."""

    sid: str


@frozen
class ChildEnded:
    """A leg dialled by this one is over."""

    sid: str
    status: CallStatus


@frozen
class ChildReferred:
    """The phone of a leg dialled by this one asks that the caller be sent to somebody else."""

    sid: str
    target: str


@frozen
class QueueReady:
    """Somebody joined the queue that this leg waits to take a caller from."""


@frozen
class FarEndAnswered:
    """The application at the far end of this leg has picked up."""


@frozen
class FarEndLeft:
    """The application at the far end of this leg is gone, without having picked up."""

    status: CallStatus


Happening: TypeAlias = (
    Key | Spoken | ChildPickedUp | ChildAnswered | ChildEnded | ChildReferred | QueueReady | FarEndAnswered | FarEndLeft
)


class HungUp(Interruption):
    """The party at the far end of this leg hung up."""


class Redirected(Interruption):
    """REST gave this leg another document, by its URL or as it is."""

    def __init__(self, to: Ask | Document) -> None:
        self.to = to
        super().__init__(to)


class Released(Interruption):
    """The leg that dialled this one lets it go."""

    def __init__(self, status: CallStatus) -> None:
        self.status = status
        super().__init__(status)


class Dequeued(Interruption):
    """Somebody takes this caller out of the queue; `url` is what the caller hears first."""

    def __init__(self, *, by: str, tell: Callable[[Happening], None], url: Ask | None) -> None:
        self.by = by
        self.tell = tell
        self.url = url
        super().__init__(by)


class Changed(Interruption):
    """The conference changed what this participant does: it started, or holds, releases or removes them."""
