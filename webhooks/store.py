"""What the application needs of a store of calls, and which one its settings ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ivr.call.events import Event
from ivr.stores.callers import CallerKey
from ivr.stores.kept import KeptCall
from ivr.stores.memory import MemoryCalls
from ivr.stores.opening import open_ready
from ivr.stores.outbox import Outbox
from ivr.stores.schema import require_current
from ivr.stores.sql import SqlCalls
from ivr.stores.teaching import Teaching
from webhooks.health import Check
from webhooks.settings import Settings

__all__ = ["CallStore", "Kept", "kept_by"]


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


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where calls are kept, who trains here, what others are to be told of it, and what has to be well with it."""

    calls: CallStore
    teaching: Teaching | None = None
    outbox: Outbox | None = None
    checks: Mapping[str, Check] = field(default_factory=dict)


def kept_by(settings: Settings) -> Kept:
    """The store that `settings` name. Raises StoreError."""
    if settings.database is None:
        return Kept(calls=MemoryCalls(most_calls=settings.limits.calls))
    engine = open_ready(settings.database)

    def current() -> Sequence[str]:
        require_current(engine)
        return ()

    teaching = Teaching(engine, CallerKey(settings.caller_secret))
    return Kept(calls=SqlCalls(engine), teaching=teaching, outbox=Outbox(engine), checks={"database": current})
