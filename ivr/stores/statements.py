"""What is asked of a database for a webhook, and what it is told."""

from sqlalchemy import (
    JSON,
    ClauseElement,
    Dialect,
    FromClause,
    Insert,
    Integer,
    Select,
    Text,
    Update,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal_column,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.expression import ColumnElement

from ivr.stores.composed import Composed, composed
from ivr.stores.tables import ANSWERED, calls, events

__all__ = ["ANSWER", "EVENTS", "FIND", "compiled", "saving"]

_ANSWERED = literal_column(str(ANSWERED), Integer)
_FIRST = literal_column(str(ANSWERED + 1), Integer)
_NONE = literal_column("0", Integer)
_IS_ANSWER = events.c.number == _ANSWERED
_OF_CALL = events.join(calls, events.c.call == calls.c.number)

FIND = (
    select(
        calls.c.id,
        calls.c.version,
        calls.c.record,
        events.c.body,
        calls.c.ended,
        calls.c.at,
        calls.c.late_key,
        calls.c.late_at,
        calls.c.caller,
        calls.c.caller_last4,
    )
    .select_from(_OF_CALL)
    .where(calls.c.id == bindparam("call"), events.c.version == calls.c.version, _IS_ANSWER)
)
"""A call and its last answer; of `call`."""

ANSWER = (
    select(events.c.body)
    .select_from(_OF_CALL)
    .where(calls.c.id == bindparam("call"), events.c.turn == bindparam("asked"), _IS_ANSWER)
    .order_by(events.c.version.desc())
)
"""What `call` was answered when `asked` that turn, the last time first."""

EVENTS = (
    select(events.c.body)
    .select_from(_OF_CALL)
    .where(calls.c.id == bindparam("call"), events.c.number > _ANSWERED)
    .order_by(events.c.version, events.c.number)
)
"""All that happened on `call`."""

_MOVING = ("version", "record", "ended", "late_key", "late_at", "at")
_BEGINNING = ("id", "caller", "caller_last4", "began_at", *_MOVING)
_COLUMNS = ("call", "version", "number", "turn", "kind", "body")


def compiled(statement: ClauseElement, dialect: Dialect) -> str:
    """A statement as a database reads it, with its parameters by name."""
    named = {"paramstyle": "named"} if dialect.name == "sqlite" else {}
    return str(statement.compile(dialect=type(dialect)(**named)))


def saving(dialect: Dialect) -> tuple[Composed, Composed]:
    """How a new call is saved, and how a known one: all of it in one statement, which changes nothing where it is late.

    `events` is a JSON list of events, as `event_to_json` has each.
    """
    changes = _arrival(dialect), _move()
    if dialect.name == "sqlite":
        happened = compiled(_happened_here(), dialect)
        arriving, moving = (
            composed(name, (compiled(change, dialect), happened))
            for name, change in zip(("arriving", "moving"), changes, strict=True)
        )
        return arriving, moving
    arriving, moving = (Composed(prepared=(), statement=compiled(_whole(change), dialect)) for change in changes)
    return arriving, moving


def _arrival(dialect: Dialect) -> Insert:
    """A new call; no row where there is one already."""
    new = sqlite.insert(calls) if dialect.name == "sqlite" else postgresql.insert(calls)
    return new.values({name: bindparam(name) for name in _BEGINNING}).on_conflict_do_nothing()


def _move() -> Update:
    """A call from version `before` to the next; no row where it is at another one."""
    return (
        update(calls)
        .where(calls.c.id == bindparam("call"), calls.c.version == bindparam("before"))
        .values({name: bindparam(name) for name in _MOVING})
    )


def _happened_here() -> Insert:
    """On SQLite, after the change of a call: its answer and its events, where there was a change."""
    each = func.json_each(bindparam("events")).table_valued("key", "value", joins_implicitly=True)
    of_call = select(calls.c.number).where(calls.c.id == bindparam("call"), func.changes() > _NONE).subquery("of_call")
    kind = func.json_extract(each.c.value, literal_column("'$.event'"))
    return _happened(of_call, each, number=each.c.key + _FIRST, kind=kind, body=each.c.value)


def _whole(change: Insert | Update) -> Select[int]:
    """On PostgreSQL, a change of a call with its answer and its events. It counts the calls changed, none or one."""
    changed = change.returning(calls.c.number).cte("changed")
    each = (
        func.json_array_elements(cast(bindparam("events"), JSON))
        .table_valued(column("value", JSON), with_ordinality="position", joins_implicitly=True)
        .render_derived()
    )
    kind = each.c.value.op("->>")(literal_column("'event'"))
    new = _happened(changed, each, number=each.c.position, kind=kind, body=cast(each.c.value, Text))
    return select(func.count()).select_from(changed).add_cte(new.cte("happened"))


def _happened(
    of_call: FromClause,
    each: FromClause,
    *,
    number: ColumnElement[int],
    kind: ColumnElement[str],
    body: ColumnElement[str],
) -> Insert:
    """The answer's row, and a row for each event, numbered from _FIRST."""
    call, version = of_call.c.number, bindparam("version", type_=Integer)
    turn, document = bindparam("turn", type_=Integer), bindparam("document", type_=Text)
    answer = select(call, version, _ANSWERED, turn, literal_column("'answered'"), document)
    others = select(call, version, number, null(), kind, body).select_from(of_call, each)
    return insert(events).from_select(_COLUMNS, union_all(answer, others))
