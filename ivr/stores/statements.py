"""What is asked of a database for a webhook, and what it is told."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Insert,
    Integer,
    Select,
    Text,
    Update,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from ivr.stores.tables import answers, calls, events

__all__ = ["ANSWER", "ANSWERED", "EVENTS", "FIND", "OF_EVENT", "arrival", "happened", "move", "whole"]

FIND = (
    select(
        calls.c.id,
        calls.c.version,
        calls.c.record,
        answers.c.document,
        calls.c.ended,
        calls.c.at,
        calls.c.late_key,
        calls.c.late_at,
        calls.c.caller,
        calls.c.caller_last4,
    )
    .join(answers, (answers.c.call_id == calls.c.id) & (answers.c.version == calls.c.version))
    .where(calls.c.id == bindparam("call"))
)
"""A call and its last answer; of `call`."""

ANSWER = (
    select(answers.c.document)
    .where(answers.c.call_id == bindparam("call"), answers.c.turn == bindparam("asked"))
    .order_by(answers.c.version.desc())
)
"""What `call` was answered when `asked` that turn, the last time first."""

EVENTS = select(events.c.event).where(events.c.call_id == bindparam("call")).order_by(events.c.version, events.c.number)
"""All that happened on `call`."""

ANSWERED = insert(answers)

OF_EVENT = ("number", "kind", "event")


def happened(many: int) -> Insert:
    """So many events of one update; the columns of OF_EVENT, each with the number of the row after it."""
    own: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in ("call_id", "version")}
    return insert(events).values(
        [{**own, **{name: bindparam(f"{name}{row}") for name in OF_EVENT}} for row in range(many)]
    )


_MOVING = ("version", "record", "ended", "late_key", "late_at", "at")
_LISTS: dict[str, type[TypeEngine[Any]]] = {"number": Integer, "kind": Text, "event": Text}
_BEGINNING = ("id", "caller", "caller_last4", "began_at", *_MOVING)


def arrival(dialect: str) -> Insert:
    """A new call; no row where there is one already."""
    new: sqlite.Insert | postgresql.Insert
    new = sqlite.insert(calls) if dialect == "sqlite" else postgresql.insert(calls)
    new = new.values({name: bindparam(name) for name in _BEGINNING})
    return new.on_conflict_do_nothing()


def move() -> Update:
    """Call `id` from version `before` to the next; no row where it is at another one."""
    return (
        update(calls)
        .where(calls.c.id == bindparam("call"), calls.c.version == bindparam("before"))
        .values({name: bindparam(name) for name in _MOVING})
    )


def whole(change: Insert | Update) -> Select[int]:
    """A change of a call with its answer and its events, in one statement: one way to the server and back.

    `numbers`, `kinds` and `events` have one item an event. It counts the calls that were changed, none or one.
    """
    changed = change.returning(calls.c.id).cte("changed")
    version = bindparam("version", type_=Integer)
    answer = select(changed.c.id, version, bindparam("turn", type_=Integer), bindparam("document", type_=Text))
    event = (
        func.unnest(*(bindparam(f"{name}s", type_=ARRAY(kind)) for name, kind in _LISTS.items()))
        .table_valued(*_LISTS)
        .render_derived()
    )
    happened = select(changed.c.id, version, event.c.number, event.c.kind, event.c.event)
    return (
        select(func.count())
        .select_from(changed)
        .add_cte(insert(answers).from_select(["call_id", "version", "turn", "document"], answer).cte("answered"))
        .add_cte(
            insert(events).from_select(["call_id", "version", *_LISTS], happened.select_from(event)).cte("happened")
        )
    )
