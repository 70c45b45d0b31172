"""A store that is watched: what happens on calls is counted and told as it is kept, and never before."""

from collections.abc import Callable, Sequence

from ivr.call.events import Arrived, Ended, Event
from ivr.stores.kept import KeptCall
from webhooks.logs import logger
from webhooks.metrics import Metrics
from webhooks.store import CallStore

__all__ = ["Over", "WatchedCalls"]

Over = Callable[[KeptCall], None]
"""Is told of a call that has ended, once that is kept; returns at once, and raises nothing."""

log = logger(__name__)


class WatchedCalls:
    """A CallStore that passes everything on to another one."""

    def __init__(self, store: CallStore, metrics: Metrics, over: Over | None = None) -> None:
        self._store = store
        self._metrics = metrics
        self._over = over

    def find(self, call_id: str) -> KeptCall | None:
        """The call as it stands."""
        return self._store.find(call_id)

    def answer(self, call_id: str, turn: int) -> str | None:
        """What answered a request about `turn`, which is asked only where a request came again."""
        self._metrics.repeated()
        return self._store.answer(call_id, turn)

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        """Keeps `call`; what happened counts once it is kept."""
        saved = self._store.save(call, answered=answered, events=events)
        if saved:
            self._metrics.happened(events)
            _tell(events)
            if call.ended and self._over:
                self._over(call)
        return saved

    def events(self, call_id: str) -> Sequence[Event]:
        """All that happened on a call, in order."""
        return self._store.events(call_id)


def _tell(events: Sequence[Event]) -> None:
    """A line in the log for a call's beginning and for its end; turns are counted, and not worth a line each."""
    for event in events:
        if isinstance(event, Arrived):
            log.info("call began", line=event.line)
        elif isinstance(event, Ended):
            told = {"outcome": event.outcome, "department": event.department}
            log.info("call ended", **told, seconds=event.seconds, turns=event.turns)
