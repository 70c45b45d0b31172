"""Calls as this process left them, so that the next turn need not ask the store where the call stands.

That is a guess: another process may have answered since. Whoever saves what came of it learns so, because the version
is not the next one, and asks the store after all. A call is taken out to be used, so that no two threads have it.
"""

from collections import OrderedDict
from contextlib import suppress

from ivr.call import CallRecord
from ivr.frozen import frozen
from ivr.stores.callers import HiddenCaller

__all__ = ["Left", "RecentCalls"]

MOST = 1000
"""Calls remembered, of a few kilobytes each; who waits longest is forgotten first."""


@frozen
class Left:
    """A call that waits for its caller, and the version it was saved as."""

    record: CallRecord
    version: int
    caller: HiddenCaller | None


class RecentCalls:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, Left] = OrderedDict()

    def take(self, call_id: str) -> Left | None:
        """The call as it was left; it is nobody else's then."""
        return self._left.pop(call_id, None)

    def leave(self, left: Left) -> None:
        """Remembers a call that has just been saved."""
        self._left[left.record.id] = left
        if len(self._left) > MOST:
            with suppress(KeyError):  # another thread was faster
                self._left.popitem(last=False)
