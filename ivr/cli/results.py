"""`ivr results`: how trainees are coming along."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import click

from ivr.cli.teaching import bar_option, catch_up, mastery, nobody, open_teaching
from ivr.stores.teaching import Result, Teaching
from ivr.training.progress import Progress, progress_of

__all__ = ["results"]


@click.command(
    epilog="""\b
Examples:
  ivr results
  ivr results --group May --bar 85
  ivr results --trainee Ada --json
  ivr results --csv > results.csv"""
)
@click.option("--group", help="Only this group.")
@click.option("--trainee", help="Only this trainee, by scenario.")
@click.option("--scenario", help="Only attempts at this scenario.")
@bar_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values: a line an attempt.")
def results(
    group: str | None, trainee: str | None, scenario: str | None, bar: float | None, as_json: bool, as_csv: bool
) -> None:
    """Attempts, best and last score, attempts to mastery, seconds lost by cause, weakest items, zero-outs by node.

    One row a trainee, and one for all of them; with --trainee one row a scenario.
    """
    if as_json and as_csv:
        raise click.UsageError("give --json or --csv, not both")
    teaching = open_teaching()
    catch_up(teaching)
    kept = _kept(teaching, group, trainee, scenario)
    if as_csv:
        _write_csv(kept)
        return
    rows = list(_rows(kept, trainee, mastery(bar)))
    if as_json:
        click.echo(json.dumps([{"name": name, **asdict(progress)} for name, progress in rows], indent=2))
        return
    if not rows:
        click.echo("No attempts yet: `ivr rehearse --trainee NAME` keeps them.")
    for name, progress in rows:
        _tell(name, progress)


def _kept(
    teaching: Teaching, group: str | None, trainee: str | None, scenario: str | None
) -> dict[str, tuple[Result, ...]]:
    """Every trainee's attempts. Raises StoreError where nobody is of that name, or in that group."""
    names = [name for name, _ in teaching.roll(group) if trainee in (None, name)]
    if not names and (group is not None or trainee is not None):
        raise nobody(teaching)
    of_each = {name: teaching.results(name) for name in names}
    return {
        name: tuple(each for each in attempts if scenario in (None, each.scenario))
        for name, attempts in of_each.items()
    }


def _rows(kept: Mapping[str, tuple[Result, ...]], trainee: str | None, bar: float) -> Iterator[tuple[str, Progress]]:
    everything = sorted((each for attempts in kept.values() for each in attempts), key=lambda each: each.at)
    if trainee is not None:
        grouped = {name: [each for each in everything if each.scenario == name] for name in _scenarios(everything)}
    else:
        grouped = {name: list(attempts) for name, attempts in kept.items()}
    for name, attempts in grouped.items():
        progress = progress_of(attempts, bar)
        if progress is not None:
            yield name, progress
    whole = progress_of(everything, bar)
    if whole is not None and len(grouped) > 1:
        yield "all", whole


def _scenarios(attempts: list[Result]) -> list[str]:
    return sorted({each.scenario for each in attempts})


def _tell(name: str, progress: Progress) -> None:
    click.secho(name, bold=True)
    mastered = f"{progress.mastered} of {progress.scenarios} mastered"
    took = f", in {progress.to_mastery:g} attempts" if progress.to_mastery else ""
    click.echo(f"  {progress.attempts} attempts, best {progress.best:g}, last {progress.last:g}; {mastered}{took}")
    for what, found in (
        ("seconds lost a call", progress.regret),
        ("points lost a call", progress.weakest),
        ("asked for a person at", progress.zero_outs),
    ):
        if found:
            click.echo(f"  {what}: " + ", ".join(f"{each} {value:g}" for each, value in found.items()))


def _write_csv(kept: Mapping[str, tuple[Result, ...]]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("trainee", "at", "scenario", "stage", "score", "failed", "seconds_lost"))
    for name, attempts in kept.items():
        for each in attempts:
            lost = round(sum(each.regret.values()), 1)
            table.writerow((name, each.at, each.scenario, each.stage, each.score, int(each.failed), lost))
