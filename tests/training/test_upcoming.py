"""Which scenario comes next, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from ivr.flow.centre import ContactCentre
from ivr.training.upcoming import Upcoming, upcoming

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Set:
    scenario: str
    due: date | None = None
    at: datetime = NOW - 7 * DAY


@dataclass(frozen=True, kw_only=True)
class Try:
    scenario: str
    trainee: str = "Ada"
    score: float = 60.0
    at: str = (NOW - DAY).isoformat()
    failed: bool = False
    regret: Mapping[str, float] = field(default_factory=lambda: {"hold": 4.0, "wrong-turn": 12.0, "no-input": 0.0})
    lost: Mapping[str, float] = field(default_factory=lambda: {"courtesy": 2.5})
    events: str = ""


def queue(
    centre: ContactCentre,
    *past: Try,
    assigned: tuple[Set, ...] = (),
    due: Mapping[str, datetime] | None = None,
) -> tuple[Upcoming, ...]:
    return upcoming(centre.scenarios, assigned=assigned, due=due or {}, past=past, bar=80.0, now=NOW)


def test_assigned_then_what_comes_back_then_what_is_new_then_the_rest(shipped: ContactCentre) -> None:
    found = queue(
        shipped,
        Try(scenario="dispute"),
        Try(scenario="lost-card", score=90.0),
        Try(scenario="dispute-unclear", score=90.0),
        assigned=(Set(scenario="dispute-unclear", due=date(2026, 11, 9), at=NOW),),
        due={"dispute": NOW - DAY / 2, "lost-card": NOW + 5 * DAY, "dispute-unclear": NOW + DAY},
    )
    assert [each.scenario for each in found[:2]] == ["dispute-unclear", "dispute"]
    assert [each.why for each in found] == ["assigned", "due", *["new"] * (len(found) - 3), "later"]
    assert len({each.scenario for each in found}) == len(found) == len(shipped.scenarios)
    assert found[0].overdue


def test_what_is_new_is_easy_first(shipped: ContactCentre) -> None:
    order = [shipped.scenarios[each.scenario].difficulty for each in queue(shipped)]
    assert order == sorted(order, key=["easy", "standard", "hard"].index)


def test_an_assignment_is_done_when_it_is_mastered_since(shipped: ContactCentre) -> None:
    mine = (Set(scenario="dispute"),)
    before = Try(scenario="dispute", score=100.0, at=(NOW - 8 * DAY).isoformat())
    for attempt, why in (
        (before, "assigned"),
        (Try(scenario="dispute", score=79.0), "assigned"),
        (Try(scenario="dispute", score=100.0, failed=True), "assigned"),
        (Try(scenario="dispute", score=80.0), "later"),
    ):
        found = queue(shipped, attempt, assigned=mine, due={"dispute": NOW + DAY})
        assert next(each.why for each in found if each.scenario == "dispute") == why


def test_it_says_how_it_went(shipped: ContactCentre) -> None:
    first, *_ = queue(shipped, Try(scenario="dispute", score=70.0), Try(scenario="dispute"))
    assert first == Upcoming(
        scenario="dispute",
        why="due",
        due=(NOW - DAY).isoformat(),
        attempts=2,
        last=60.0,
        best=70.0,
        cause="wrong-turn",
        item="courtesy",
    )


def test_a_scenario_that_is_gone_is_left_out(shipped: ContactCentre) -> None:
    found = queue(shipped, Try(scenario="gone"), assigned=(Set(scenario="gone-too"),), due={"gone": NOW})
    assert {each.scenario for each in found} == set(shipped.scenarios)
