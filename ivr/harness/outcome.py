"""What a verb leads to: the next verb (None), another document, or the end of the call."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeAlias

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.status import CallStatus

__all__ = ["Ask", "End", "LeaveQueue", "Outcome", "Params"]

Params: TypeAlias = Callable[[], Mapping[str, str]]
"""What requests say besides, as it is at their moment."""


@frozen
class Ask:
    """Go on with the document at this URL; `params` are the verb's own, and the only ones of a request of no call."""

    method: Method
    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    of_call: bool = True


@frozen
class End:
    """The call ends so."""

    status: CallStatus
    reason: str


@frozen
class LeaveQueue:
    """The caller leaves the queue whose waiting document this is."""


Outcome: TypeAlias = Ask | End | LeaveQueue | None
