"""Results that somebody else is yet to be told of: the results themselves are the outbox, so that none can be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, delete, func, insert, or_, select, update

from ivr.stores.teaching import OF_RESULT, Result, result_from
from ivr.stores.teaching_tables import deliveries, results

__all__ = ["LEASE", "Outbox", "Waiting"]

LEASE = timedelta(minutes=5)
"""For so long what one process has taken out is not given to another."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A result that is yet to be told, and how often that was tried in vain."""

    id: int
    tries: int
    result: Result


class Outbox:
    """The results of a database that were not delivered. Safe between threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, most: int, now: datetime, *, early: bool = False) -> tuple[Waiting, ...]:
        """At most so many results whose time to be tried has come (`early`: or has not), those never tried first.

        They are not given to anybody else before LEASE is over, or `later` says when.
        """
        waiting = or_(deliveries.c.result.is_(None), deliveries.c.next_at.is_not(None) if early else _come(now))
        found = select(results.c.id, deliveries.c.tries, *OF_RESULT).join(
            deliveries, deliveries.c.result == results.c.id, isouter=True
        )
        found = found.where(waiting).order_by(deliveries.c.next_at.nulls_first(), results.c.at, results.c.id)
        wanted = found.limit(most).with_for_update(of=results, skip_locked=True)
        with self._engine.execution_options(writes=True).begin() as connection:
            rows: list[RowMapping] = []
            while not rows and (held := [row.id for row in connection.execute(wanted)]):
                # PostgreSQL may have looked before another process's delivery was there, and locked after it had let
                # go of the result. A second look sees all that was done before the lock.
                rows = list(connection.execute(found.where(results.c.id.in_(held))).mappings())
            _note(connection, {row["id"]: row["tries"] or 0 for row in rows}, (now + LEASE).isoformat())
        return tuple(Waiting(id=row["id"], tries=row["tries"] or 0, result=result_from(row)) for row in rows)

    def delivered(self, taken: Sequence[Waiting]) -> None:
        """They are not to be told again."""
        with self._engine.execution_options(writes=True).begin() as connection:
            gone = {each.id: each.tries + 1 for each in taken}
            known = connection.execute(select(results.c.id).where(results.c.id.in_(gone))).scalars()
            _note(connection, {id: gone[id] for id in known}, None)

    def later(self, taken: Sequence[Waiting], at: datetime) -> None:
        """They could not be told, and are to be tried again from `at`."""
        with self._engine.execution_options(writes=True).begin() as connection:
            for each in taken:
                connection.execute(
                    update(deliveries)
                    .where(deliveries.c.result == each.id)
                    .values(tries=each.tries + 1, next_at=at.isoformat())
                )

    def waiting(self) -> int:
        """How many are not delivered."""
        told = select(deliveries.c.result).where(deliveries.c.next_at.is_(None))
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).where(results.c.id.not_in(told))).scalar_one())


def _come(now: datetime) -> ColumnElement[bool]:
    return deliveries.c.next_at <= now.isoformat()


def _note(connection: Connection, tries: dict[int, int], next_at: str | None) -> None:
    if tries:
        connection.execute(delete(deliveries).where(deliveries.c.result.in_(tries)))
        rows = [{"result": id, "tries": many, "next_at": next_at} for id, many in tries.items()]
        connection.execute(insert(deliveries), rows)
