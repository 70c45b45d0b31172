"""`ivr assign`: what trainees and groups are to rehearse."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.cli.columns import echo
from ivr.cli.rehearsing.choosing import named
from ivr.cli.teaching import bar_option, catch_up, mastery, nobody, open_store, teaching_of
from ivr.errors import NumberError, StoreError
from ivr.stores.assignments import Assignment, Assignments, Whose
from ivr.stores.teaching import Outcome, Teaching
from ivr.training.upcoming import mastered_since

__all__ = ["assign"]

trainee_option = click.option("--trainee", help="This trainee.")
group_option = click.option("--group", help="Everybody in this group, now or later.")
scenarios_argument = click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """An assignment, and who has mastered it since it was set."""

    scenario: str
    trainee: str | None
    group: str | None
    due: str | None
    assigned_at: str
    mastered: list[str]
    open: list[str]


@click.group(
    epilog="""\b
Examples:
  ivr assign add 101 dispute --group May --due 2027-01-31
  ivr assign list --group May
  ivr assign remove dispute --group May"""
)
def assign() -> None:
    """Assign scenarios to trainees and groups. `ivr next` has them first until they are mastered."""


@assign.command(epilog="Example: ivr assign add 101 dispute --group May --due 2027-01-31")
@scenarios_argument
@trainee_option
@group_option
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The last day for it, as 2027-01-31.")
def add(scenarios: Sequence[str], trainee: str | None, group: str | None, due: datetime | None) -> None:
    """Assign each SCENARIO, by its name or number. What was assigned before is assigned anew."""
    whose, wanted = _whose(trainee, group), _scenarios(scenarios)
    store = open_store()
    _require(teaching_of(store), whose)
    Assignments(store).assign(wanted, whose, due.date() if due else None, datetime.now(UTC))
    click.echo(f"{', '.join(wanted)} assigned to {_name(whose)}" + (f", due {due:%Y-%m-%d}" if due else ""))


@assign.command("list", epilog="Example: ivr assign list --group May --json")
@trainee_option
@group_option
@bar_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_assignments(trainee: str | None, group: str | None, bar: float | None, as_json: bool) -> None:
    """List assignments, and who has mastered them since they were set; a trainee's with those of the group."""
    store = open_store()
    teaching = teaching_of(store)
    catch_up(teaching)
    whose = _whose(trainee, group) if trainee or group else None
    if whose is not None:
        _require(teaching, whose)
    roll = dict(teaching.roll())
    past = {name: teaching.outcomes(name) for name in roll}
    rows = [_row(each, roll, past, mastery(bar)) for each in Assignments(store).all(whose)]
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    if not rows:
        click.echo("Nothing is assigned: `ivr assign add` does.")
    for row in rows:
        whom, due = row.trainee or f"group {row.group}", f"due {row.due}" if row.due else "no day"
        missing = f"; not yet by {', '.join(row.open)}" if row.open else ""
        echo(f"{row.scenario}  {whom}  {due}  mastered by {', '.join(row.mastered) or 'nobody'}{missing}", 2)


@assign.command(epilog="Example: ivr assign remove dispute --group May")
@scenarios_argument
@trainee_option
@group_option
def remove(scenarios: Sequence[str], trainee: str | None, group: str | None) -> None:
    """Take each SCENARIO back. What was rehearsed of it stays."""
    whose, wanted = _whose(trainee, group), _scenarios(scenarios, gone_too=True)
    if not Assignments(open_store()).remove(wanted, whose):
        raise StoreError(f"nothing of that is assigned to {_name(whose)}")
    click.echo(f"{', '.join(wanted)} not assigned to {_name(whose)} any more")


def _whose(trainee: str | None, group: str | None) -> Whose:
    if (trainee is None) == (group is None):
        raise click.UsageError("to whom? Give --trainee or --group, one of the two")
    return Whose(trainee=trainee, group=group)


def _name(whose: Whose) -> str:
    return whose.trainee or f"group {whose.group}"


def _require(teaching: Teaching, whose: Whose) -> None:
    """A group is there as soon as somebody is in it. Raises StoreError."""
    if not any(whose.covers(name, group) for name, group in teaching.roll()):
        raise nobody(teaching)


def _scenarios(wanted: Sequence[str], *, gone_too: bool = False) -> list[str]:
    """The scenarios of names or codes; with `gone_too` one that is not there any more as it stands.

    Raises NumberError with every problem.
    """
    centre, found, problems = centre_with(flows_of_the_server())[0], [], []
    for each in wanted:
        try:
            found.append(named(centre, each))
        except NumberError as error:
            found.append(each)
            problems.append(str(error))
    if problems and not gone_too:
        raise NumberError("\n".join(problems))
    return found


def _row(
    each: Assignment, roll: Mapping[str, str | None], past: Mapping[str, Sequence[Outcome]], bar: float
) -> _Standing:
    whom = [name for name, group in roll.items() if each.whose.covers(name, group)]
    done = [name for name in whom if mastered_since(each.scenario, past[name], bar, each.at)]
    return _Standing(
        scenario=each.scenario,
        trainee=each.whose.trainee,
        group=each.whose.group,
        due=each.due.isoformat() if each.due else None,
        assigned_at=each.at.isoformat(),
        mastered=done,
        open=[name for name in whom if name not in done],
    )
