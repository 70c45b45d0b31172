"""Calls kept in a database, for as long as wanted, between processes and machines."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, bindparam, exc, insert, select, update

from ivr.call.events import Event, event_from_json, event_to_json
from ivr.stores.callers import HiddenCaller
from ivr.stores.kept import KeptCall, LateKey
from ivr.stores.tables import answers, calls, events

__all__ = ["SqlCalls"]

_FIND = (
    select(calls, answers.c.document)
    .join(answers, (answers.c.call_id == calls.c.id) & (answers.c.version == calls.c.version))
    .where(calls.c.id == bindparam("call"))
)
_ANSWER = (
    select(answers.c.document)
    .where(answers.c.call_id == bindparam("call"), answers.c.turn == bindparam("asked"))
    .order_by(answers.c.version.desc())
    .limit(1)
)
_EVENTS = select(events.c.event).where(events.c.call_id == bindparam("call"))
_EVENTS = _EVENTS.order_by(events.c.version, events.c.number)
_UPDATE = (
    update(calls)
    .where(calls.c.id == bindparam("call"), calls.c.version == bindparam("before"))
    .values({name: bindparam(name) for name in ("version", "record", "ended", "late_key", "late_at", "at")})
)
_BEGIN, _ANSWERED, _HAPPENED = insert(calls), insert(answers), insert(events)


class SqlCalls:
    """A CallStore on SQLAlchemy. Safe between threads and processes; a failing database raises SQLAlchemyError.

    A call is read in one statement and saved in one short transaction, so that nobody waits for a decision. The version
    in the update's WHERE decides who was first.
    """

    def __init__(self, engine: Engine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT") if _is_postgresql(engine) else engine
        self._writing = engine.execution_options(writes=True)

    def close(self) -> None:
        """Closes every connection that is not in use."""
        self._writing.dispose()

    def find(self, call_id: str) -> KeptCall | None:
        """The call as it stands."""
        with self._reading.connect() as connection:
            row = connection.execute(_FIND, {"call": call_id}).mappings().first()
        return _kept(row) if row else None

    def answer(self, call_id: str, turn: int) -> str | None:
        """What answered a request about `turn`; None where it was never asked."""
        with self._reading.connect() as connection:
            document: str | None = connection.execute(_ANSWER, {"call": call_id, "asked": turn}).scalar()
        return document

    def events(self, call_id: str) -> tuple[Event, ...]:
        """All that happened on a call, in order; nothing for an unknown one."""
        with self._reading.connect() as connection:
            return tuple(event_from_json(text) for text in connection.execute(_EVENTS, {"call": call_id}).scalars())

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        """Keeps `call`, if nobody updated it since it was read: all of it, or nothing.

        `call.document` is remembered as the answer to turn `answered`; `events` are appended. False: too late.
        """
        with self._writing.begin() as connection:
            if not _put(connection, call):
                connection.rollback()
                return False
            self._append(connection, call, answered, events)
        return True

    def _append(self, connection: Connection, call: KeptCall, answered: int | None, happened: Sequence[Event]) -> None:
        of_call = {"call_id": call.id, "version": call.version}
        connection.execute(_ANSWERED, {**of_call, "turn": answered, "document": call.document})
        rows = [
            {**of_call, "number": number, "kind": event.kind, "event": json.dumps(event_to_json(event))}
            for number, event in enumerate(happened)
        ]
        if rows:
            connection.execute(_HAPPENED, rows)


def _put(connection: Connection, call: KeptCall) -> bool:
    """The row of the call itself; False where another was faster."""
    values = _values(call)
    if call.version > 1:
        return bool(connection.execute(_UPDATE, {"call": call.id, "before": call.version - 1, **values}).rowcount)
    caller = call.caller
    shown = {"caller": caller.hashed, "caller_last4": caller.last4} if caller else {}
    try:
        connection.execute(_BEGIN, {"id": call.id, "began_at": values["at"], **shown, **values})
    except exc.IntegrityError:
        return False
    return True


def _values(call: KeptCall) -> dict[str, object]:
    late = call.late_key
    return {
        "version": call.version,
        "record": call.record,
        "ended": call.ended,
        "late_key": late.key if late else None,
        "late_at": late.filled_at.isoformat() if late else None,
        "at": call.at.isoformat(),
    }


def _kept(row: RowMapping) -> KeptCall:
    late = LateKey(key=row["late_key"], filled_at=datetime.fromisoformat(row["late_at"])) if row["late_key"] else None
    caller = HiddenCaller(hashed=row["caller"], last4=row["caller_last4"]) if row["caller"] else None
    return KeptCall(
        id=row["id"],
        version=row["version"],
        record=row["record"],
        document=row["document"],
        ended=row["ended"],
        at=datetime.fromisoformat(row["at"]),
        late_key=late,
        caller=caller,
    )


def _is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"
