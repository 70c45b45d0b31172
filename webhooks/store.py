"""What the application needs of a store of calls."""

from collections.abc import Sequence
from typing import Protocol

from ivr.call.events import Event
from ivr.stores.kept import KeptCall

__all__ = ["CallStore"]


class CallStore(Protocol):
    """Keeps calls between requests. Every method may be called from several threads at once."""

    def find(self, call_id: str) -> KeptCall | None:
        """The call as it stands."""
        ...

    def answer(self, call_id: str, turn: int) -> str | None:
        """What answered a request about `turn`; None where it was never asked, or is forgotten."""
        ...

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        """Keeps `call` if the version kept is the one before its own (a new call has version 1), all or nothing.

        `call.document` becomes the answer to turn `answered`, and `events` are appended. False: somebody was faster.
        """
        ...

    def events(self, call_id: str) -> Sequence[Event]:
        """All that happened on a call, in order; nothing for an unknown one."""
        ...
