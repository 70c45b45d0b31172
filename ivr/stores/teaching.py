"""Trainees and their results, in a database."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from ivr.call.events import Event, event_from_json
from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.statements import EVENTS
from ivr.stores.tables import REHEARSES, calls, events
from ivr.stores.teaching_tables import cards, results, trainees

__all__ = ["OF_RESULT", "Card", "Outcome", "Result", "Review", "Teaching", "result_from"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How an attempt went. `score` is of 100, `at` ISO 8601; `regret` is seconds by cause, `lost` points by item."""

    trainee: str
    scenario: str
    stage: str
    at: str
    score: float
    failed: bool
    regret: Mapping[str, float]
    lost: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Result(Outcome):
    """One attempt, with all that happened."""

    events: str
    """A JSON object a line."""
    call: str | None = None
    """The id of the call it was made on, where the store has that."""


class Card(Protocol):
    """When a scenario comes back to a trainee, and what that rests on."""

    @property
    def due(self) -> datetime: ...

    @property
    def state(self) -> str: ...


Review = Callable[[str | None, Result], Card]
"""The card after a result; of the state it had, None before the first."""

OF_OUTCOME = [results.c[each.name] for each in fields(Outcome)]
OF_RESULT = [*OF_OUTCOME, results.c.events, results.c.call_id.label("call")]


def result_from(row: RowMapping) -> Result:
    """A result of a row that has OF_RESULT, and maybe more."""
    return Result(**_outcome(row), events=row["events"], call=row["call"])


def _outcome(row: RowMapping) -> dict[str, Any]:
    """The values of a row that has OF_OUTCOME, and maybe more."""
    values = {each.name: row[each.name] for each in OF_OUTCOME}
    return {**values, "regret": json.loads(row["regret"]), "lost": json.loads(row["lost"])}


class Teaching:
    """The trainees of a database. A TraineeRoll: a PIN is known by its keyed hash only."""

    def __init__(self, engine: Engine, key: CallerKey) -> None:
        self._engine, self._key = engine, key

    def add(self, name: str, group: str | None = None, pin: str | None = None) -> None:
        """Raises StoreError where the name or the PIN is taken."""
        try:
            self.add_all([(name, group, pin)])
        except StoreError:
            raise StoreError(f"there is a trainee '{name}' already, or one with that PIN") from None

    def add_all(self, new: Sequence[tuple[str, str | None, str | None]]) -> None:
        """Adds trainees by name, group and PIN, all or none. Raises StoreError where a name or a PIN is taken."""
        rows = [
            {"name": name, "group_name": group, "pin": self._hidden(pin) if pin else None} for name, group, pin in new
        ]
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(insert(trainees), rows)
        except IntegrityError:
            raise StoreError("a trainee of that name is there already, or one with that PIN") from None

    def change(self, name: str, *, group: str | None = None, pin: str | None = None) -> None:
        """Puts a trainee in another group, gives another PIN, or both; what is None stays.

        Raises StoreError where there is no such trainee, or the PIN is taken.
        """
        values = {"group_name": group, "pin": self._hidden(pin) if pin else None}
        changed = {column: value for column, value in values.items() if value is not None}
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                found = connection.execute(update(trainees).where(trainees.c.name == name).values(changed)).rowcount
        except IntegrityError:
            raise StoreError("there is a trainee with that PIN already") from None
        if not found:
            raise StoreError(f"there is no trainee '{name}'")

    def has_pins(self) -> bool:
        """Whether any trainee has a PIN."""
        with self._engine.connect() as connection:
            return bool(connection.execute(select(exists().where(trainees.c.pin.is_not(None)))).scalar())

    def trainee(self, pin: str) -> str | None:
        """The name of the trainee whose PIN this is; None for nobody's."""
        with self._engine.connect() as connection:
            return connection.execute(select(trainees.c.name).where(trainees.c.pin == self._hidden(pin))).scalar()

    def roll(self, group: str | None = None) -> tuple[tuple[str, str | None], ...]:
        """Every trainee's name and group, or those of one group, by name."""
        wanted = select(trainees.c.name, trainees.c.group_name).order_by(trainees.c.name)
        if group is not None:
            wanted = wanted.where(trainees.c.group_name == group)
        with self._engine.connect() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(wanted))

    def keep(self, result: Result, review: Review | None = None) -> bool:
        """Keeps a result and the card that follows from it, both or neither.

        False where the result of that call was kept before. Raises StoreError where there is no such trainee.
        """
        row: dict[str, Any] = vars(result) | {"regret": json.dumps(result.regret), "lost": json.dumps(result.lost)}
        row["call_id"] = row.pop("call")
        into = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        new = (
            into(results).values(row).on_conflict_do_nothing(index_elements=[results.c.call_id]).returning(results.c.id)
        )
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                kept = connection.execute(new).first()
                if kept is not None and review is not None:
                    _review(connection, result, review)
        except IntegrityError:
            raise StoreError(f"there is no trainee '{result.trainee}', or the call is gone") from None
        return kept is not None

    def due(self, name: str) -> dict[str, datetime]:
        """When each scenario that a trainee has rehearsed comes back."""
        wanted = select(cards.c.scenario, cards.c.due).where(cards.c.trainee == name)
        with self._engine.connect() as connection:
            return {row.scenario: datetime.fromisoformat(row.due) for row in connection.execute(wanted)}

    def unkept(self) -> tuple[str, ...]:
        """The ids of ended calls on which a trainee rehearsed and of which there is no result, oldest first."""
        wanted = (
            select(calls.c.id, events.c.body)
            .join(events, events.c.call == calls.c.number)
            .join(results, results.c.call_id == calls.c.id, isouter=True)
            .where(REHEARSES, calls.c.ended, results.c.id.is_(None))
            .order_by(calls.c.began_at, calls.c.id)
        )
        with self._engine.connect() as connection:
            known = set(connection.execute(select(trainees.c.name)).scalars())
            rows = connection.execute(wanted).all()
        return tuple(call for call, event in rows if json.loads(event)["trainee"] in known)

    def events(self, call: str) -> tuple[Event, ...]:
        """All that happened on a call of the store, in order."""
        with self._engine.connect() as connection:
            return tuple(map(event_from_json, connection.execute(EVENTS, {"call": call}).scalars()))

    def results(self, name: str) -> tuple[Result, ...]:
        """A trainee's results, oldest first."""
        return tuple(map(result_from, self._attempts(name, OF_RESULT)))

    def outcomes(self, name: str) -> tuple[Outcome, ...]:
        """How a trainee's attempts went, oldest first; what happened on them is not read."""
        return tuple(Outcome(**_outcome(row)) for row in self._attempts(name, OF_OUTCOME))

    def last_result(self, name: str) -> Result | None:
        """A trainee's latest result, if there is any."""
        found = select(*OF_RESULT).where(results.c.trainee == name).order_by(results.c.at.desc(), results.c.id.desc())
        with self._engine.connect() as connection:
            row = connection.execute(found.limit(1)).mappings().first()
        return result_from(row) if row else None

    def _attempts(self, name: str, wanted: Sequence[ColumnElement[Any]]) -> Sequence[RowMapping]:
        found = select(*wanted).where(results.c.trainee == name).order_by(results.c.at, results.c.id)
        with self._engine.connect() as connection:
            return connection.execute(found).mappings().all()

    def _hidden(self, pin: str) -> str:
        return self._key.hide(f"pin:{pin}").hashed


def _review(connection: Connection, result: Result, review: Review) -> None:
    whose = (cards.c.trainee == result.trainee) & (cards.c.scenario == result.scenario)
    before = connection.execute(select(cards.c.state).where(whose).with_for_update()).scalar()
    after = review(before, result)
    row = {"due": after.due.isoformat(), "state": after.state}
    if before is None:
        key = {"trainee": result.trainee, "scenario": result.scenario}
        connection.execute(insert(cards).values({**key, **row}))
    else:
        connection.execute(update(cards).where(whose).values(row))
