"""What trainees and groups are to rehearse, in a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine, delete, insert, or_, select
from sqlalchemy.exc import IntegrityError

from ivr.errors import StoreError
from ivr.stores.teaching_tables import assignments, trainees

__all__ = ["Assignment", "Assignments", "Whose"]


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A trainee, or everybody who is in a group now or later."""

    trainee: str | None = None
    group: str | None = None

    def __post_init__(self) -> None:
        assert (self.trainee is None) != (self.group is None), "one of the two"

    def covers(self, name: str, group: str | None) -> bool:
        """Whether a trainee of this name and group is meant."""
        return name == self.trainee or (group is not None and group == self.group)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A scenario to rehearse until it is mastered, by the end of day `due` if there is one; set at `at` (UTC)."""

    scenario: str
    whose: Whose
    due: date | None
    at: datetime


class Assignments:
    """The assignments of a database. A scenario is assigned once to a trainee, and once to a group."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def assign(self, scenarios: Sequence[str], whose: Whose, due: date | None, at: datetime) -> None:
        """Sets scenarios, all or none; one set before is set anew. Raises StoreError where there is no such trainee."""
        row = {
            "trainee": whose.trainee,
            "group_name": whose.group,
            "due": due.isoformat() if due else None,
            "at": at.isoformat(),
        }
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(delete(assignments).where(_of(whose), assignments.c.scenario.in_(scenarios)))
                connection.execute(
                    insert(assignments), [{**row, "scenario": each} for each in dict.fromkeys(scenarios)]
                )
        except IntegrityError:
            raise StoreError(f"there is no trainee '{whose.trainee}'") from None

    def remove(self, scenarios: Sequence[str], whose: Whose) -> int:
        """Takes scenarios back; how many of them were assigned."""
        with self._engine.execution_options(writes=True).begin() as connection:
            gone: int = connection.execute(
                delete(assignments).where(_of(whose), assignments.c.scenario.in_(scenarios))
            ).rowcount
        return gone

    def all(self, whose: Whose | None = None) -> tuple[Assignment, ...]:
        """Every assignment, or a group's, or a trainee's own and those of the trainee's group; the first due first."""
        wanted = select(assignments).order_by(
            assignments.c.due.is_(None), assignments.c.due, assignments.c.at, assignments.c.id
        )
        if whose is not None:
            group = select(trainees.c.group_name).where(trainees.c.name == whose.trainee).scalar_subquery()
            wanted = wanted.where(or_(_of(whose), assignments.c.group_name == group))
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(
            Assignment(
                scenario=row["scenario"],
                whose=Whose(trainee=row["trainee"], group=row["group_name"]),
                due=date.fromisoformat(row["due"]) if row["due"] else None,
                at=datetime.fromisoformat(row["at"]),
            )
            for row in rows
        )


def _of(whose: Whose) -> ColumnElement[bool]:
    return assignments.c.group_name == whose.group if whose.group else assignments.c.trainee == whose.trainee
