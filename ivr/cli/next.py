"""`ivr next`: which scenario it is time for."""

import json
from dataclasses import asdict
from datetime import datetime

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.cli.columns import echo
from ivr.cli.moments import Moment
from ivr.cli.queueing import queue_for, reason
from ivr.cli.teaching import bar_option, catch_up, mastery, nobody, open_store, teaching_of

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
    queues = {name: queue_for(store, name, scenarios, bar=limit, now=at)[:count] for name in names}
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
            echo(f"  {scenarios[each.scenario].code}  {scenarios[each.scenario].title}", 7)
            echo(f"       {reason(each)}", 7)
