"""`ivr trainee`: who trains here."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ivr.cli.classlist import bad_name, different_pins, read_class
from ivr.cli.counting import counted
from ivr.cli.teaching import nobody, open_store, open_teaching
from ivr.errors import StoreError
from ivr.stores import personal

__all__ = ["trainee"]


@click.group(
    epilog="""\b
Examples:
  ivr trainee add Ada --group May
  ivr trainee list --group May --json
  ivr trainee erase Ada"""
)
def trainee() -> None:
    """Add, import, list, change, export and erase trainees, in IVR_DATABASE_URL or a file in your data folder."""


@trainee.command(epilog="Example: ivr trainee add Ada --group May --pin")
@click.argument("name")
@click.option("--group", help="The group the trainee belongs to.")
@click.option("--pin", is_flag=True, help="Make a PIN, and print it this once: the database has its hash only.")
def add(name: str, group: str | None, pin: bool) -> None:
    """Add the trainee NAME."""
    if wrong := bad_name(name, group) or (group is not None and bad_name(group, None)):
        raise click.UsageError(wrong)
    digits = different_pins(1)[0] if pin else None
    teaching = open_teaching(hashing=pin)
    if name in dict(teaching.roll()):
        raise StoreError(f"there is a trainee '{name}' already")
    teaching.add(name, group, digits)
    click.echo(f"{name} added" + (f", PIN {digits}" if digits else ""))


@trainee.command(epilog="Example: ivr trainee change Ada --group June --pin")
@click.argument("name")
@click.option("--group", help="Put the trainee in this group.")
@click.option(
    "--pin", is_flag=True, help="Make another PIN, and print it this once. The old one is not known any more."
)
def change(name: str, group: str | None, pin: bool) -> None:
    """Change the group or the PIN of the trainee NAME. Results stay."""
    if group is None and not pin:
        raise click.UsageError("change what? Give --group, --pin, or both")
    if group is not None and (wrong := bad_name(group, None)):
        raise click.UsageError(wrong)
    digits = different_pins(1)[0] if pin else None
    open_teaching(hashing=pin).change(name, group=group, pin=digits)
    click.echo(f"{name} changed" + (f", group {group}" if group else "") + (f", PIN {digits}" if digits else ""))


@trainee.command("import", epilog="Example: ivr trainee import class.csv --pin > pins.csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pin", is_flag=True, help="Make a PIN for each, and print them this once, comma-separated.")
def import_list(file: Path, pin: bool) -> None:
    """Add the trainees of a class list, all or none: a CSV file with a column name, and group if there are several."""
    listed = read_class(file)
    teaching = open_teaching(hashing=pin)
    there = {name for name, _ in teaching.roll()}
    if taken := [name for name, _ in listed if name in there]:
        raise StoreError("\n".join(f"there is a trainee '{name}' already" for name in taken))
    pins = different_pins(len(listed)) if pin else [None] * len(listed)
    teaching.add_all([(name, group, digits) for (name, group), digits in zip(listed, pins, strict=True)])
    if not pin:
        click.echo(f"{counted(len(listed), 'trainee')} added")
        return
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("name", "group", "pin"))
    table.writerows((name, group or "", digits) for (name, group), digits in zip(listed, pins, strict=True))


@trainee.command("list", epilog="Example: ivr trainee list --group May")
@click.option("--group", help="Only this group.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_trainees(group: str | None, as_json: bool) -> None:
    """List the trainees with their groups."""
    teaching = open_teaching()
    found = teaching.roll(group)
    if not found and group is not None:
        raise nobody(teaching)
    if as_json:
        click.echo(json.dumps([{"trainee": name, "group": of} for name, of in found]))
        return
    if not found:
        click.echo("No trainees yet: `ivr trainee add` makes one, `ivr trainee import` a class of them.")
    for name, of in found:
        click.echo(f"{name}  {of or '-'}")


@trainee.command(epilog="Example: ivr trainee export Ada > ada.json")
@click.argument("name")
def export(name: str) -> None:
    """Print all that is kept of the trainee NAME, as a JSON object, with the calls on which the PIN was given."""
    kept = personal.export(open_store(), name)
    if kept is None:
        raise StoreError(f"there is no trainee '{name}'")
    click.echo(json.dumps(kept))


@trainee.command(epilog="Example: ivr trainee erase Ada")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def erase(name: str, as_json: bool) -> None:
    """Delete the trainee NAME with all that is kept: results, and the calls on which the PIN was given."""
    gone = personal.erase(open_store(), name)
    if gone is None:
        raise StoreError(f"there is no trainee '{name}'")
    if as_json:
        click.echo(json.dumps({"trainee": name, **asdict(gone)}))
        return
    click.echo(f"{name} erased: {counted(gone.results, 'attempt')}, {counted(gone.calls, 'call')}")
    if gone.told:
        click.echo(f"A learning record store was told of {gone.told}: have them deleted there.")
