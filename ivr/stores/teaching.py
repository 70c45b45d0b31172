"""Trainees and their results, in a database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.teaching_tables import results, trainees

__all__ = ["Result", "Teaching"]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One attempt. `score` is of 100, `at` ISO 8601; `regret` is seconds by cause, `lost` points by item."""

    trainee: str
    scenario: str
    stage: str
    at: str
    score: float
    failed: bool
    regret: Mapping[str, float]
    lost: Mapping[str, float]
    events: str
    """A JSON object a line."""


class Teaching:
    """The trainees of a database. A TraineeRoll: a PIN is known by its keyed hash only."""

    def __init__(self, engine: Engine, key: CallerKey) -> None:
        self._engine, self._key = engine, key

    def add(self, name: str, group: str | None = None, pin: str | None = None) -> None:
        """Raises StoreError where the name or the PIN is taken."""
        row = {"name": name, "group_name": group, "pin": self._hidden(pin) if pin else None}
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(insert(trainees).values(row))
        except IntegrityError:
            raise StoreError(f"there is a trainee '{name}' already, or one with that PIN") from None

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

    def erase(self, name: str) -> bool:
        """Deletes a trainee with every result. False: there was none of that name."""
        with self._engine.execution_options(writes=True).begin() as connection:
            gone: int = connection.execute(delete(trainees).where(trainees.c.name == name)).rowcount
        return bool(gone)

    def keep(self, result: Result) -> None:
        """Raises StoreError where there is no such trainee."""
        row: dict[str, Any] = vars(result) | {"regret": json.dumps(result.regret), "lost": json.dumps(result.lost)}
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(insert(results).values(row))
        except IntegrityError:
            raise StoreError(f"there is no trainee '{result.trainee}'") from None

    def results(self, name: str) -> tuple[Result, ...]:
        """A trainee's results, oldest first."""
        wanted = select(*(each for each in results.c if each.name != "id")).where(results.c.trainee == name)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(results.c.at, results.c.id)).mappings().all()
        return tuple(
            Result(**{**row, "regret": json.loads(row["regret"]), "lost": json.loads(row["lost"])}) for row in rows
        )

    def _hidden(self, pin: str) -> str:
        return self._key.hide(f"pin:{pin}").hashed
