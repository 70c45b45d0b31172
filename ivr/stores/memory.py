"""Calls kept in this process's memory: for development and tests, and gone when it ends."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ivr.call.events import Event
from ivr.stores.kept import KeptCall

__all__ = ["MemoryCalls"]


@dataclass(kw_only=True)
class _Slot:
    """Everything about one call."""

    call: KeptCall
    answers: OrderedDict[int, str] = field(default_factory=OrderedDict)
    events: list[Event] = field(default_factory=list)


class MemoryCalls:
    """At most `most_calls` calls, each with its events and its last `most_answers` answers. Safe between threads.

    Where room is needed, the call that ended and was not asked about for longest goes first; then the open one.
    """

    def __init__(self, *, most_calls: int = 10_000, most_answers: int = 16) -> None:
        self._most_calls = most_calls
        self._most_answers = most_answers
        self._open: OrderedDict[str, _Slot] = OrderedDict()
        self._ended: OrderedDict[str, _Slot] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, call_id: str) -> KeptCall | None:
        """The call as it stands."""
        with self._lock:
            slot = self._used(call_id)
            return slot.call if slot else None

    def answer(self, call_id: str, turn: int) -> str | None:
        """What answered a request about `turn`; None where it was never asked, or too long ago."""
        with self._lock:
            slot = self._used(call_id)
            return slot.answers.get(turn) if slot else None

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        """Keeps `call`, if nobody updated it since it was read: the version kept must be the one before its own.

        `call.document` is remembered as the answer to turn `answered`; `events` are appended. False where it was too
        late, and then nothing is changed.
        """
        with self._lock:
            slot = self._used(call.id)
            if (slot.call.version if slot else 0) != call.version - 1:
                return False
            slot = slot or _Slot(call=call)
            slot.call = call
            slot.events += events
            if answered is not None:
                slot.answers[answered] = call.document
                if len(slot.answers) > self._most_answers:
                    slot.answers.popitem(last=False)
            self._put(slot)
            return True

    def events(self, call_id: str) -> tuple[Event, ...]:
        """All that happened on a call, in order; nothing for an unknown one."""
        with self._lock:
            slot = self._used(call_id)
            return tuple(slot.events) if slot else ()

    def __len__(self) -> int:
        """How many calls are kept."""
        with self._lock:
            return len(self._open) + len(self._ended)

    def _used(self, call_id: str) -> _Slot | None:
        """The call's slot, now the one used last."""
        for calls in (self._open, self._ended):
            if call_id in calls:
                calls.move_to_end(call_id)
                return calls[call_id]
        return None

    def _put(self, slot: _Slot) -> None:
        self._open.pop(slot.call.id, None)
        self._ended.pop(slot.call.id, None)
        (self._ended if slot.call.ended else self._open)[slot.call.id] = slot
        if len(self._open) + len(self._ended) > self._most_calls:
            (self._ended or self._open).popitem(last=False)
