"""`ivr next`: which scenario it is time for."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.cli.moments import Moment
from ivr.cli.teaching import bar_option, catch_up, counted, mastery, nobody, open_store, teaching_of
from ivr.stores.assignments import Assignments, Whose
from ivr.training.upcoming import Upcoming, upcoming

__all__ = ["next"]


@click.command(
    "next",
    epilog="""\b
Examples:
  ivr next                       the next one for everybody
  ivr next --trainee Ada -n 3    the next three, and why
  ivr next --group May --json""",
)
@click.option("--trainee", help="Only this trainee.")
@click.option("--group", help="Only this group.")
@click.option("-n", "--count", type=click.IntRange(1), default=1, show_default=True, help="How many for each.")
@bar_option
@click.option("--at", type=Moment(), default="now", help="As it will be at this time.  [default: now]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def next(trainee: str | None, group: str | None, count: int, bar: float | None, at: datetime, as_json: bool) -> None:
    """Say which scenario each trainee does best to rehearse next, and why.

    First what is assigned and not mastered since; then what comes back: soon after a mistake, and after each success
    later; then what is new, the easy ones first.
    """
    store = open_store()
    teaching = teaching_of(store)
    catch_up(teaching)
    names = [name for name, _ in teaching.roll(group) if trainee in (None, name)]
    if not names:
        raise nobody(teaching)
    scenarios, limit = centre_with(flows_of_the_server())[0].scenarios, mastery(bar)
    queues = {
        name: upcoming(
            scenarios,
            assigned=Assignments(store).all(Whose(trainee=name)),
            due=teaching.due(name),
            past=teaching.results(name),
            bar=limit,
            now=at.astimezone(UTC),
        )[:count]
        for name in names
    }
    if as_json:
        rows = [
            {"trainee": name, "code": scenarios[each.scenario].code, **asdict(each)}
            for name, queue in queues.items()
            for each in queue
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    for name, queue in queues.items():
        click.secho(name, bold=True)
        for each in queue:
            click.echo(f"  {scenarios[each.scenario].code}  {scenarios[each.scenario].title}\n       {_reason(each)}")


def _reason(each: Upcoming) -> str:
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
