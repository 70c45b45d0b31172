"""Assignments, in each kind of database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from ivr.errors import StoreError
from ivr.stores.assignments import Assignment, Assignments, Whose
from ivr.stores.callers import CallerKey
from ivr.stores.personal import erase
from ivr.stores.teaching import Teaching
from ivr.stores.teaching_tables import assignments

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADA, MAY = Whose(trainee="Ada"), Whose(group="May")


@pytest.fixture
def assigned(engine: Engine) -> Assignments:
    """Nothing yet, for Ada of May and Bob of no group."""
    teaching = Teaching(engine, CallerKey("a secret"))
    teaching.add("Ada", group="May")
    teaching.add("Bob")
    return Assignments(engine)


def scenarios(found: tuple[Assignment, ...]) -> list[str]:
    return [each.scenario for each in found]


def test_a_trainee_has_those_of_the_group_too_the_first_due_first(assigned: Assignments) -> None:
    assigned.assign(["dispute", "travel"], MAY, None, NOW)
    assigned.assign(["fraud"], MAY, date(2026, 11, 20), NOW)
    assigned.assign(["lost-card"], ADA, date(2026, 11, 10), NOW)
    assigned.assign(["activation"], Whose(trainee="Bob"), None, NOW)

    assert scenarios(assigned.all(ADA)) == ["lost-card", "fraud", "dispute", "travel"]
    assert scenarios(assigned.all(MAY)) == ["fraud", "dispute", "travel"]
    assert scenarios(assigned.all(Whose(trainee="Bob"))) == ["activation"]
    assert len(assigned.all()) == 5


def test_what_is_assigned_again_is_assigned_anew(assigned: Assignments) -> None:
    assigned.assign(["dispute", "dispute"], MAY, None, NOW)
    later = NOW + timedelta(days=3)
    assigned.assign(["dispute"], MAY, date(2026, 12, 1), later)

    assert assigned.all() == (Assignment(scenario="dispute", whose=MAY, due=date(2026, 12, 1), at=later),)


def test_it_is_taken_back_from_whom_it_was_set(assigned: Assignments) -> None:
    for whose in (ADA, MAY):
        assigned.assign(["dispute", "travel"], whose, None, NOW)

    assert (assigned.remove(["dispute", "fraud"], MAY), assigned.remove(["dispute"], MAY)) == (1, 0)
    assert [(each.scenario, each.whose) for each in assigned.all()] == [
        ("dispute", ADA),
        ("travel", ADA),
        ("travel", MAY),
    ]


def test_nothing_is_set_for_nobody(assigned: Assignments) -> None:
    with pytest.raises(StoreError, match="there is no trainee 'Zed'"):
        assigned.assign(["dispute", "travel"], Whose(trainee="Zed"), None, NOW)
    assert assigned.all() == ()


def test_it_goes_with_its_trainee(engine: Engine, assigned: Assignments) -> None:
    for whose in (ADA, MAY):
        assigned.assign(["dispute"], whose, None, NOW)
    erase(engine, "Ada")
    assert [each.whose for each in assigned.all()] == [MAY]


@pytest.mark.parametrize("whom", [{}, {"trainee": "Ada", "group_name": "May"}])
def test_the_database_takes_one_of_the_two(engine: Engine, assigned: Assignments, whom: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(assignments).values({"scenario": "dispute", "at": NOW.isoformat(), **whom}))
