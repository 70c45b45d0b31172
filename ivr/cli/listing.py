"""`ivr numbers` and `ivr departments`: what can be called, and who is behind it."""

import json
from pathlib import Path
from typing import Any

import click

from ivr.cli.centres import centre_with, flows_option
from ivr.flow.centre import ContactCentre

__all__ = ["departments", "numbers"]

json_option = click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")


@click.command(epilog="Example: ivr numbers --json")
@flows_option
@json_option
def numbers(flows: Path | None, as_json: bool) -> None:
    """List the numbers of the practice directory. None of them is ever dialled."""
    centre, _ = centre_with(flows)
    rows = _numbers(centre)
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        toll = "  (collect)" if row["toll"] == "collect" else ""
        click.echo(f"{row['dial']:<17}{row['letters'] or '':<16}{row['name']}{toll}")
    click.echo(f"{'card-back':<33}The number on the back of the card; card-back:MEMBER for one of these cards:")
    for name, member in centre.members.items():
        click.echo(f"{'':<33}{name} ({member.product}, practice card {member.card_number})")


def _numbers(centre: ContactCentre) -> list[dict[str, Any]]:
    return [
        {
            "number": listing.number,
            "dial": listing.dial,
            "letters": listing.letters,
            "name": listing.name,
            "toll": listing.toll,
            "line": listing.line,
        }
        for listing in centre.directory.numbers
    ]


@click.command(epilog="Example: ivr departments --json")
@flows_option
@json_option
def departments(flows: Path | None, as_json: bool) -> None:
    """List the departments: their ids, hours and waits."""
    centre, _ = centre_with(flows)
    rows = [
        {
            "department": key,
            "name": department.name,
            "hours": department.hours_in_words,
            "time_zone": department.time_zone,
            "shortest_wait": department.wait.shortest,
            "longest_wait": department.wait.longest,
            "callback": department.callback,
        }
        for key, department in centre.departments.items()
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        wait = f"wait {row['shortest_wait']:g} to {row['longest_wait']:g} s"
        click.echo(f"{row['department']:<15}{row['name']:<34}{wait:<18}{row['hours']}")
