"""A trainee's scenarios in the order to rehearse them, and why in words."""

from collections.abc import Mapping
from datetime import UTC, datetime

from ivr.cli.counting import counted
from ivr.cli.teaching import teaching_of
from ivr.flow.rehearsal import Scenario
from ivr.stores.assignments import Assignments, Whose
from ivr.stores.database import Engine
from ivr.training.upcoming import Upcoming, upcoming

__all__ = ["queue_for", "reason"]


def queue_for(
    store: Engine, trainee: str, scenarios: Mapping[str, Scenario], *, bar: float, now: datetime
) -> tuple[Upcoming, ...]:
    """Every scenario, the next one first. `bar` is the score, of 100, that masters."""
    teaching = teaching_of(store)
    return upcoming(
        scenarios,
        assigned=Assignments(store).all(Whose(trainee=trainee)),
        due=teaching.due(trainee),
        past=teaching.outcomes(trainee),
        bar=bar,
        now=now.astimezone(UTC),
    )


def reason(each: Upcoming) -> str:
    """Why it is its turn, and how it went so far."""
    return "; ".join(part for part in (_why(each), _past(each)) if part)


def _why(each: Upcoming) -> str:
    day = (each.due or "")[:10]
    match each.why:
        case "assigned":
            return f"assigned, overdue since {day}" if each.overdue else f"assigned, due {day}" if day else "assigned"
        case "due":
            return f"comes back since {day}"
        case "new":
            return "new"
        case "later":
            return f"comes back on {day}"


def _past(each: Upcoming) -> str:
    if not each.attempts:
        return ""
    lost = f"; seconds were lost by {each.cause}" if each.cause else ""
    lost += f"; points were lost at {each.item}" if each.item else ""
    return f"{counted(each.attempts, 'attempt')}, best {each.best:g}, last {each.last:g}{lost}"
