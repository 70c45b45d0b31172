"""What a verb leads to: the next verb (None), another document, or the end of the call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ivr.harness.fetch.http import Method
from ivr.harness.status import CallStatus

__all__ = ["Ask", "End", "LeaveQueue", "Outcome", "Params"]

Params: TypeAlias = Callable[[], Mapping[str, str]]
"""What requests say besides, as it is at their moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Go on with the document at this URL; `params` are the verb's own, and the only ones of a request of no call."""

    method: Method
    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    of_call: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """The call ends so."""

    status: CallStatus
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveQueue:
    """The caller leaves the queue whose waiting document this is."""


Outcome: TypeAlias = Ask | End | LeaveQueue | None
