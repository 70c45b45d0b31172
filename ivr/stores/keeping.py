"""What may be done to calls that are kept: let go when they are old, handed out, and forgotten when a caller asks."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, RowMapping, delete, select, true

from ivr.stores.callers import CallerKey
from ivr.stores.database import wipe
from ivr.stores.statements import EVENTS
from ivr.stores.tables import REHEARSES, calls, events

__all__ = ["AT_ONCE", "Forgotten", "calls_where", "erase", "export", "latest_rehearsal", "purge", "unfinished"]

Forgotten = int
"""How many calls are gone, each with all that happened on it."""

AT_ONCE = 500
"""Calls deleted in one transaction: webhooks wait no longer than that takes."""


def purge(engine: Engine, before: datetime) -> Forgotten:
    """Deletes every call that nothing happened on since `before` (UTC)."""
    return sum(_purged(engine, before.isoformat()))


def unfinished(engine: Engine, before: datetime) -> Sequence[str]:
    """The ids of calls that have not ended, and on which nothing happened since `before` (UTC)."""
    wanted = select(calls.c.id).where(calls.c.ended.is_(False), calls.c.at < before.isoformat()).order_by(calls.c.at)
    with engine.connect() as connection:
        return connection.execute(wanted).scalars().all()


def latest_rehearsal(engine: Engine) -> str | None:
    """The id of the call that came in last of those on which a scenario was rehearsed."""
    wanted = (
        select(calls.c.id)
        .join(events, events.c.call == calls.c.number)
        .where(REHEARSES)
        .order_by(calls.c.began_at.desc(), calls.c.id)
        .limit(1)
    )
    with engine.connect() as connection:
        return connection.execute(wanted).scalar()


def erase(engine: Engine, callers: CallerKey, number: str) -> Forgotten:
    """Deletes every call from a number (E.164)."""
    with engine.execution_options(writes=True).begin() as connection:
        gone: int = connection.execute(delete(calls).where(calls.c.caller == callers.hide(number).hashed)).rowcount
    wipe(engine)
    return gone


def export(engine: Engine, callers: CallerKey | None = None, number: str | None = None) -> Iterator[dict[str, Any]]:
    """Every call, or those from a number, oldest first: what is known of it, and its events. Nothing is held whole."""
    if callers is None or number is None:
        return calls_where(engine, true())
    return calls_where(engine, calls.c.caller == callers.hide(number).hashed)


def calls_where(engine: Engine, wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """The calls that `wanted` is true of, as `export` tells of them."""
    ordered = (
        select(calls.c.id, calls.c.began_at, calls.c.ended, calls.c.caller_last4, calls.c.version)
        .where(wanted)
        .order_by(calls.c.began_at, calls.c.id)
    )
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=AT_ONCE).execute(ordered)
        for row in rows.mappings():
            yield _exported(engine, row)


def _purged(engine: Engine, before: str) -> Iterator[int]:
    """A batch at a time, so that nobody waits for all."""
    oldest = select(calls.c.id).where(calls.c.began_at < before, calls.c.at < before).limit(AT_ONCE)
    while True:
        with engine.execution_options(writes=True).begin() as connection:
            gone: int = connection.execute(delete(calls).where(calls.c.id.in_(oldest))).rowcount
        yield gone
        if gone < AT_ONCE:
            return


def _exported(engine: Engine, call: RowMapping) -> dict[str, Any]:
    with engine.connect() as connection:
        happened = [json.loads(text) for text in connection.execute(EVENTS, {"call": call["id"]}).scalars()]
    return {
        "call": call["id"],
        "began_at": call["began_at"],
        "ended": bool(call["ended"]),
        "caller": f"…{call['caller_last4']}" if call["caller_last4"] else None,
        "updates": call["version"],
        "events": happened,
    }
