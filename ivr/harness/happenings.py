"""What can happen to a leg while it listens."""

from dataclasses import dataclass
from typing import TypeAlias

from ivr.harness.outcome import Ask
from ivr.harness.process import Interruption
from ivr.harness.status import CallStatus
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.document import Document

__all__ = ["ChildAnswered", "ChildEnded", "Happening", "HungUp", "Key", "Redirected", "Released", "Spoken"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """The caller pressed a key."""

    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """The caller began to say this, which takes so long; `confidence` is the recogniser's."""

    words: str
    confidence: float
    lasts: Milliseconds


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildAnswered:
    """A leg dialled by this one was answered."""

    sid: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildEnded:
    """A leg dialled by this one is over."""

    sid: str
    status: CallStatus


Happening: TypeAlias = Key | Spoken | ChildAnswered | ChildEnded


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
