"""All that is kept of a trainee: handed out, and forgotten when the trainee asks."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Column, ColumnElement, Engine, delete, func, select

from ivr.stores.assignments import Assignments, Whose
from ivr.stores.callers import CallerKey
from ivr.stores.database import wipe
from ivr.stores.keeping import AT_ONCE, calls_where
from ivr.stores.tables import REHEARSES, calls, events
from ivr.stores.teaching import Teaching
from ivr.stores.teaching_tables import cards, deliveries, results, trainees

__all__ = ["Erased", "erase", "export"]

_PAGE = 2000
"""Calls looked through in one statement."""


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How much is gone. `told` attempts are known to a learning record store, which has to be asked as well."""

    results: int
    calls: int
    told: int


def export(engine: Engine, name: str) -> dict[str, Any] | None:
    """All that is kept of a trainee, in JSON values; None where nothing is.

    Calls are those on which the trainee gave the PIN, with all that happened on them; assignments the trainee's own.
    """
    with engine.connect() as connection:
        trainee = connection.execute(select(trainees).where(trainees.c.name == name)).first()
        wanted = select(cards.c.scenario, cards.c.due, cards.c.state).where(cards.c.trainee == name)
        coming = [dict(row) for row in connection.execute(wanted.order_by(cards.c.scenario)).mappings()]
    linked = [call for ids in _batches(_calls_of(engine, name)) for call in calls_where(engine, calls.c.id.in_(ids))]
    if trainee is None and not linked:
        return None
    own = [each for each in Assignments(engine).all(Whose(trainee=name)) if each.whose.trainee == name]
    return {
        "trainee": name,
        "group": trainee.group_name if trainee else None,
        "has_pin": bool(trainee and trainee.pin),
        "assignments": [
            {"scenario": each.scenario, "due": each.due.isoformat() if each.due else None, "at": each.at.isoformat()}
            for each in own
        ],
        "cards": coming,
        "results": [asdict(result) for result in Teaching(engine, CallerKey("")).results(name)],
        "calls": linked,
    }


def erase(engine: Engine, name: str) -> Erased | None:
    """Deletes a trainee with all that `export` hands out; None where there was nothing.

    Broken off half-way, it goes on where it was when it is done again.
    """
    with engine.connect() as connection:
        told = select(func.count()).select_from(results.join(deliveries)).where(deliveries.c.next_at.is_(None))
        known = connection.execute(told.where(results.c.trainee == name)).scalar_one()
        many = connection.execute(select(func.count()).where(results.c.trainee == name)).scalar_one()
    found = _calls_of(engine, name)
    with engine.execution_options(writes=True).begin() as connection:
        gone: int = connection.execute(delete(trainees).where(trainees.c.name == name)).rowcount
    found |= _calls_of(engine, name)  # one may have begun, as long as the PIN was known
    if not gone and not found:
        return None
    erased = Erased(results=many, calls=_deleted(engine, found), told=known)
    wipe(engine)
    return erased


def _deleted(engine: Engine, found: Collection[str]) -> int:
    """A batch at a time, so that no call waits for all."""
    gone = 0
    for ids in _batches(found):
        with engine.execution_options(writes=True).begin() as connection:
            gone += connection.execute(delete(calls).where(calls.c.id.in_(ids))).rowcount
    return gone


def _calls_of(engine: Engine, name: str) -> set[str]:
    """Calls that name the trainee where they stand, or when they began to rehearse, or that a result is of.

    In JSON a quote in a text has a backslash before it: a key and its value can be found by their letters.
    """
    named = f'"trainee":{to_json(name).decode()}'
    began = (
        select(calls.c.id)
        .join(events, events.c.call == calls.c.number)
        .where(REHEARSES, _has(engine, events.c.body, named))
    )
    kept = select(results.c.call_id).where(results.c.trainee == name, results.c.call_id.is_not(None))
    with engine.connect() as connection:
        found = {*connection.execute(began).scalars(), *connection.execute(kept).scalars()}
    return found | set(_standing(engine, named))


def _standing(engine: Engine, named: str) -> Iterator[str]:
    """A page at a time: no index leads to a trainee's calls, and no statement may take long."""
    last = ""
    while True:
        page = select(calls.c.id, _has(engine, calls.c.record, named)).where(calls.c.id > last)
        with engine.connect() as connection:
            rows = connection.execute(page.order_by(calls.c.id).limit(_PAGE)).all()
        if not rows:
            return
        last = rows[-1][0]
        yield from (call for call, has in rows if has)


def _has(engine: Engine, column: Column[str], text: str) -> ColumnElement[bool]:
    """To the letter: LIKE takes great letters for small ones in SQLite."""
    place = func.instr if engine.dialect.name == "sqlite" else func.strpos
    return place(column, text) > 0


def _batches(found: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(found)
    return (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))
