"""`ivr trainee`: who trains here."""

import json
import secrets

import click

from ivr.cli.teaching import open_teaching
from ivr.errors import StoreError

__all__ = ["trainee"]

PIN_DIGITS = 6


@click.group(
    epilog="""\b
Examples:
  ivr trainee add Ada --group May
  ivr trainee list --group May --json
  ivr trainee erase Ada"""
)
def trainee() -> None:
    """Add, list, export and erase trainees, in IVR_DATABASE_URL or a SQLite file in your data folder."""


@trainee.command(epilog="Example: ivr trainee add Ada --group May --pin")
@click.argument("name")
@click.option("--group", help="The group the trainee belongs to.")
@click.option("--pin", is_flag=True, help="Make a PIN, and print it this once: the database has its hash only.")
def add(name: str, group: str | None, pin: bool) -> None:
    """Add the trainee NAME."""
    if not name.strip() or len(name) > 80 or len(group or "") > 80:
        raise click.UsageError("a name and a group have 1 to 80 characters")
    digits = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS)) if pin else None
    open_teaching(hashing=pin).add(name, group, digits)
    click.echo(f"{name} added" + (f", PIN {digits}" if digits else ""))


@trainee.command("list", epilog="Example: ivr trainee list --group May")
@click.option("--group", help="Only this group.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_trainees(group: str | None, as_json: bool) -> None:
    """List the trainees with their groups."""
    found = open_teaching().roll(group)
    if as_json:
        click.echo(json.dumps([{"trainee": name, "group": of} for name, of in found]))
        return
    for name, of in found:
        click.echo(f"{name}  {of or '-'}")


@trainee.command(epilog="Example: ivr trainee export Ada > ada.json")
@click.argument("name")
def export(name: str) -> None:
    """Print all that is kept of the trainee NAME, as a JSON object."""
    teaching = open_teaching()
    groups = dict(teaching.roll())
    if name not in groups:
        raise StoreError(f"there is no trainee '{name}'")
    kept = [vars(result) for result in teaching.results(name)]
    click.echo(json.dumps({"trainee": name, "group": groups[name], "results": kept}))


@trainee.command(epilog="Example: ivr trainee erase Ada")
@click.argument("name")
def erase(name: str) -> None:
    """Delete the trainee NAME with every result."""
    if not open_teaching().erase(name):
        raise StoreError(f"there is no trainee '{name}'")
    click.echo(f"{name} erased")
