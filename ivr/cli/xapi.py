"""`ivr xapi`: attempts as xAPI statements, to a file or to a learning record store."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.cli.counting import counted
from ivr.cli.teaching import (
    catch_up,
    coach_of_the_server,
    mastery,
    nobody,
    open_store,
    open_teaching,
    teaching_of,
)
from ivr.errors import SettingsError
from ivr.stores.outbox import Outbox
from ivr.teaching.delivery import Courier
from ivr.teaching.statements import NOWHERE, statement_of
from webhooks.lrs import lrs_of

__all__ = ["xapi"]


@click.group(
    epilog="""\b
Examples:
  ivr xapi export --group May -o may.jsonl
  ivr xapi send"""
)
def xapi() -> None:
    """Attempts as xAPI statements. Names in them are made of IVR_PUBLIC_URL."""


@xapi.command(epilog="Example: ivr xapi export --trainee Ada -o ada.jsonl")
@click.option("--trainee", help="Only this trainee's.")
@click.option("--group", help="Only this group's.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output otherwise."
)
def export(trainee: str | None, group: str | None, output: Path | None) -> None:
    """Write a statement for each attempt, a JSON object a line."""
    lines = _statements(trainee, group)
    if output is None:
        for line in lines:
            click.echo(line)
    else:
        output.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@xapi.command(epilog="Example: ivr xapi send --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def send(as_json: bool) -> None:
    """Tell the learning record store in IVR_LRS_URL of every attempt that it was not told of.

    `ivr serve` does that by itself; this is for attempts made in the terminal only, and to see what is wrong. Exit
    status 1 where attempts are left.
    """
    lrs = lrs_of(os.environ)
    if lrs is None:
        raise SettingsError(["there is no learning record store: set IVR_LRS_URL, IVR_LRS_KEY and IVR_LRS_SECRET"])
    store, coach = open_store(), coach_of_the_server()
    catch_up(teaching_of(store))
    courier = Courier(outbox=Outbox(store), store=lrs, coach=coach, home=_home(), clock=lambda: datetime.now(UTC))
    done = courier.deliver(early=True)
    if as_json:
        click.echo(json.dumps({"told": done.told, "left": Outbox(store).waiting(), "problems": done.problems}))
    else:
        click.echo(f"{counted(done.told, 'attempt')} told, {Outbox(store).waiting()} left")
        for problem in done.problems:
            click.echo(problem, err=True)
    if done.problems:
        raise click.exceptions.Exit(1)


def _statements(trainee: str | None, group: str | None) -> Iterator[str]:
    teaching, scenarios = open_teaching(), centre_with(flows_of_the_server())[0].scenarios
    bar = mastery(None)
    catch_up(teaching)
    names = [name for name, _ in teaching.roll(group) if trainee in (None, name)]
    if not names:
        raise nobody(teaching)
    for name in names:
        for result in teaching.results(name):
            scenario = scenarios.get(result.scenario)
            yield json.dumps(statement_of(result, _home(), bar, scenario.title if scenario else None))


def _home() -> str:
    return os.environ.get("IVR_PUBLIC_URL", "").strip().rstrip("/") or NOWHERE
