"""`ivr results`: how trainees are coming along."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.cli.columns import echo
from ivr.cli.counting import counted
from ivr.cli.rehearsing.choosing import named
from ivr.cli.teaching import bar_option, catch_up, mastery, nobody, open_teaching
from ivr.stores.teaching import Result, Teaching
from ivr.training.progress import Progress, progress_of, zero_outs
from ivr.training.regret import Cause

__all__ = ["results"]


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """A result, and the group its trainee is in now."""

    group: str | None
    result: Result


_BY: dict[str, Callable[[_Attempt], str]] = {
    "trainee": lambda each: each.result.trainee,
    "group": lambda each: each.group or "no group",
    "scenario": lambda each: each.result.scenario,
}
"""What a row may be of."""


@click.command(
    epilog="""\b
Examples:
  ivr results
  ivr results --group May --bar 85
  ivr results --by group
  ivr results --trainee Ada --json
  ivr results --csv > results.csv"""
)
@click.option("--group", help="Only this group.")
@click.option("--trainee", help="Only this trainee, by scenario.")
@click.option("--scenario", help="Only attempts at this scenario, by its name or number.")
@click.option(
    "--by", type=click.Choice(list(_BY)), help="What a row is.  [default: trainee, or scenario with --trainee]"
)
@bar_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values: a line an attempt.")
def results(
    group: str | None,
    trainee: str | None,
    scenario: str | None,
    by: str | None,
    bar: float | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Attempts, best and last score, attempts to mastery, seconds lost by cause, weakest items, zero-outs by node.

    A row a trainee, a group or a scenario, and one for all of them.
    """
    if as_json and as_csv:
        raise click.UsageError("give --json or --csv, not both")
    teaching = open_teaching()
    catch_up(teaching)
    kept = list(_kept(teaching, group, trainee))
    if scenario is not None:
        kept = _of_scenario(kept, scenario)
    if as_csv:
        _write_csv(kept)
        return
    rows = list(_rows(kept, _BY[by or ("trainee" if trainee is None else "scenario")], mastery(bar)))
    if as_json:
        click.echo(json.dumps([{"name": name, **asdict(progress)} for name, progress in rows], indent=2))
        return
    if not rows:
        click.echo("No attempts yet: `ivr rehearse --trainee NAME` keeps them.")
    for name, progress in rows:
        _tell(name, progress)


def _kept(teaching: Teaching, group: str | None, trainee: str | None) -> Iterator[_Attempt]:
    """Everybody's attempts, each trainee's oldest first. Raises StoreError where nobody is of that name or group."""
    whom = [(name, of) for name, of in teaching.roll(group) if trainee in (None, name)]
    if not whom and (group is not None or trainee is not None):
        raise nobody(teaching)
    for name, of in whom:
        yield from (_Attempt(group=of, result=each) for each in teaching.results(name))


def _of_scenario(kept: Sequence[_Attempt], wanted: str) -> list[_Attempt]:
    """The attempts at one scenario, which may be gone since. Raises NumberError where there never was one."""
    of_that_name = [each for each in kept if each.result.scenario == wanted]
    if of_that_name:
        return of_that_name
    name = named(centre_with(flows_of_the_server())[0], wanted)
    return [each for each in kept if each.result.scenario == name]


def _rows(kept: Sequence[_Attempt], of: Callable[[_Attempt], str], bar: float) -> Iterator[tuple[str, Progress]]:
    everything = sorted(kept, key=lambda each: each.result.at)
    names = sorted({of(each) for each in kept})
    for name in names:
        yield from _row(name, [each.result for each in everything if of(each) == name], bar)
    if len(names) > 1:
        yield from _row("all", [each.result for each in everything], bar)


def _row(name: str, attempts: Sequence[Result], bar: float) -> Iterator[tuple[str, Progress]]:
    progress = progress_of(attempts, bar)
    if progress is not None:
        yield name, progress


def _tell(name: str, progress: Progress) -> None:
    click.secho(name, bold=True)
    mastered = f"{progress.mastered} of {progress.scenarios} mastered"
    took = f", in {counted(progress.to_mastery, 'attempt')}" if progress.to_mastery else ""
    attempts = counted(progress.attempts, "attempt")
    echo(f"  {attempts}, best {progress.best:g}, last {progress.last:g}; {mastered}{took}", 4)
    for what, found in (
        ("seconds lost a call", progress.regret),
        ("points lost a call", progress.weakest),
        ("asked for a person at", progress.zero_outs),
    ):
        if found:
            echo(f"  {what}: " + ", ".join(f"{each} {value:g}" for each, value in found.items()), 4)


def _write_csv(kept: Iterable[_Attempt]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(
        ("trainee", "group", "at", "scenario", "stage", "score", "failed", "asked_for_a_person", "seconds_lost", *Cause)
    )
    for attempt in kept:
        each = attempt.result
        own = (each.trainee, attempt.group or "", each.at, each.scenario, each.stage, each.score, int(each.failed))
        lost = (round(sum(each.regret.values()), 1), *(each.regret.get(cause, 0.0) for cause in Cause))
        table.writerow((*own, sum(zero_outs([each]).values()), *lost))
