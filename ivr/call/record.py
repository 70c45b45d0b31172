"""The call record: all that a call remembers between turns. The only value that changes, and plain JSON throughout."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic_core import from_json, to_json

from ivr.errors import RecordError

__all__ = ["CallRecord", "Conversation", "Hold", "Pending", "Rehearsal", "Stage"]

FORMAT = 2
READABLE = frozenset({1, FORMAT})
"""Format 1 had no rehearsals; all else is the same."""


class Stage(StrEnum):
    """How much a rehearsal helps: the way shown first and hints, hints alone, or nothing."""

    OVERVIEW = "overview"
    PRACTICE = "practice"
    TEST = "test"


@dataclass(kw_only=True)
class Rehearsal:
    """The scenario a call rehearses, and who does.

    `scene` is the time that the scenario's clocks show when the call begins, ISO 8601: it decides who is open.
    `briefing` is what the lobby still asks, if anything.
    """

    scenario: str
    scene: str
    stage: Stage = Stage.PRACTICE
    trainee: str | None = None
    hints: int = 0
    briefing: Literal["pin", "stage", "done"] = "done"


@dataclass(kw_only=True)
class Conversation:
    """Where a conversation with a representative stands. Values of the caller's are never in it, only what is known.

    `phase`: the representative's form, the closing, then the notes, then the debrief. `item` is what was asked last,
    at `asked_at` for the first time; `tries` counts the answers to it that did not do.
    """

    department: str
    name: str
    role: Literal["representative", "supervisor"] = "representative"
    phase: Literal["form", "closing", "notes", "debrief"] = "form"
    item: str = ""
    asked_at: str = ""
    tries: int = 0
    turns: int = 0
    """Of the caller's, over all representatives of the call."""
    opened: bool = False
    """Whether the caller has answered this representative's greeting."""
    unclear: bool = False
    """Whether what was asked last was unclear on purpose."""
    met: list[str] = field(default_factory=list)
    """The names of everybody spoken with, in order."""
    known: dict[str, str] = field(default_factory=dict)
    """Items that are done, and how: given or missing."""
    awaiting: str = ""
    """What a yes or a no is about."""
    courtesies: list[str] = field(default_factory=list)
    supervisor_asks: int = 0
    misrouted: bool = False
    reference: str = ""
    resolved: bool = False
    offered: list[str] = field(default_factory=list)
    """What keys 1 and up stand for now."""


@dataclass(kw_only=True)
class Hold:
    """A hold in progress: seconds in all, seconds passed, and the stretch that is passing now."""

    department: str
    total: float
    passed: float
    stretch: float
    announced: int = 0


@dataclass(kw_only=True)
class Pending:
    """What waits for a yes or a no: a move, or an entry. Nothing sensitive is ever pending in the clear."""

    kind: Literal["option", "value"]
    choice: str
    words: str
    by: str
    value: str = ""
    shown: str = ""
    member: str | None = None


@dataclass(kw_only=True)
class CallRecord:
    """One call. Times are ISO 8601 in UTC; places are `flow.node`."""

    id: str
    dialled: str
    line: str
    version: str
    place: str
    started_at: str
    seed: int
    draws: int = 0
    turn: int = 0
    stack: list[str] = field(default_factory=list)
    trail: list[list[str]] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    member: str | None = None
    failures: int = 0
    limit_passed: bool = False
    asks: int = 0
    no_inputs: int = 0
    no_matches: int = 0
    pending: Pending | None = None
    hold: Hold | None = None
    closed: str | None = None
    """The department that was found closed last: a message or callback that names none is for it."""
    outcome: str | None = None
    rehearsal: Rehearsal | None = None
    conversation: Conversation | None = None

    @property
    def ended(self) -> bool:
        """Whether the call is over."""
        return self.outcome is not None

    def to_json(self) -> str:
        """The record as JSON text."""
        return to_json({"format": FORMAT, **vars(self)}).decode()

    @classmethod
    def from_json(cls, text: str) -> "CallRecord":
        """The inverse of `to_json`. Raises RecordError."""
        try:
            values: dict[str, Any] = from_json(text)
            if values.pop("format") not in READABLE:
                raise RecordError("this call record is of another version of the program")
            hold, pending = values.pop("hold"), values.pop("pending")
            rehearsal, conversation = values.pop("rehearsal", None), values.pop("conversation", None)
            return cls(
                **values,
                hold=hold and Hold(**hold),
                pending=pending and Pending(**pending),
                rehearsal=rehearsal and Rehearsal(**{**rehearsal, "stage": Stage(rehearsal["stage"])}),
                conversation=conversation and Conversation(**conversation),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordError(f"this is no call record: {error}") from None

    def elapsed(self, now: datetime) -> float:
        """Seconds since the call began, never below 0."""
        return max(0.0, (now - datetime.fromisoformat(self.started_at)).total_seconds())
