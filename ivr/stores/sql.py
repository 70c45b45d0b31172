"""Calls kept in a database, for as long as wanted, between processes and machines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import TypeVar

from pydantic_core import to_json
from sqlalchemy import Engine, exc

from ivr.call.events import Event, event_from_json, event_to_json
from ivr.stores.callers import HiddenCaller
from ivr.stores.direct import Direct, Values
from ivr.stores.kept import KeptCall, LateKey
from ivr.stores.statements import ANSWER, EVENTS, FIND, compiled, saving

__all__ = ["SqlCalls"]

T = TypeVar("T")

AT_ONCE = 0.5
"""Seconds within which a broken connection is noticed; whatever takes longer has cost its time already."""


class SqlCalls:
    """A CallStore in a database. Safe between threads and processes; a database that fails raises SQLAlchemyError.

    A call is read in one statement and saved in one short transaction, so that nobody waits for a decision. The version
    in the update's WHERE decides who was first.
    """

    def __init__(self, engine: Engine) -> None:
        self._find, self._answer, self._events = (compiled(each, engine.dialect) for each in (FIND, ANSWER, EVENTS))
        saves = saving(engine.dialect)
        self._arrival, self._move = (each.statement for each in saves)
        prepared = [statement for each in saves for statement in each.prepared]
        self._database = Direct(engine, prepared=prepared)

    def close(self) -> None:
        """Closes every connection that is not in use."""
        self._database.close()

    def find(self, call_id: str) -> KeptCall | None:
        """The call as it stands."""
        row = _again_if_broken(self._database.first, self._find, {"call": call_id})
        return _kept(*row) if row else None

    def answer(self, call_id: str, turn: int) -> str | None:
        """What answered a request about `turn`; None where it was never asked."""
        row = self._database.first(self._answer, {"call": call_id, "asked": turn})
        return str(row[0]) if row else None

    def events(self, call_id: str) -> tuple[Event, ...]:
        """All that happened on a call, in order; nothing for an unknown one."""
        return tuple(event_from_json(text) for (text,) in self._database.rows(self._events, {"call": call_id}))

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        """Keeps `call`, if nobody updated it since it was read: all of it, or nothing.

        `call.document` is remembered as the answer to turn `answered`; `events` are appended. False: too late. A save
        that was kept, but broken off before it could say so, is too late for itself: the store has the call then.
        """
        happened = to_json([event_to_json(event) for event in events]).decode()
        values = {**_values(call), "turn": answered, "document": call.document, "events": happened}
        save = self._move if call.version > 1 else self._arrival
        return _again_if_broken(self._database.changes, save, values)


def _again_if_broken(ask: Callable[[str, Values], T], statement: str, values: Values) -> T:
    """A server that was restarted breaks its connections off, and is there again: that is told at once."""
    began = monotonic()
    try:
        return ask(statement, values)
    except exc.DBAPIError as error:
        if not error.connection_invalidated or monotonic() - began > AT_ONCE:
            raise
        return ask(statement, values)


def _values(call: KeptCall) -> Values:
    late, caller, at = call.late_key, call.caller, call.at.isoformat()
    return {
        "id": call.id,
        "call": call.id,
        "before": call.version - 1,
        "version": call.version,
        "record": call.record,
        "ended": call.ended,
        "late_key": late.key if late else None,
        "late_at": late.filled_at.isoformat() if late else None,
        "caller": caller.hashed if caller else None,
        "caller_last4": caller.last4 if caller else None,
        "began_at": at,
        "at": at,
    }


def _kept(
    call_id: str,
    version: int,
    record: str,
    document: str,
    ended: bool,
    at: str,
    late_key: str | None,
    late_at: str | None,
    caller: str | None,
    last4: str | None,
) -> KeptCall:
    late = LateKey(key=late_key, filled_at=datetime.fromisoformat(late_at)) if late_key and late_at else None
    return KeptCall(
        id=call_id,
        version=version,
        record=record,
        document=document,
        ended=bool(ended),
        at=datetime.fromisoformat(at),
        late_key=late,
        caller=HiddenCaller(hashed=caller, last4=last4 or "") if caller else None,
    )
