"""`ivr check`: everything wrong with a folder's files, each with its line."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from ivr.cli.centres import flows_option
from ivr.errors import FlowError
from ivr.flow.centre import load_centre
from ivr.flow.folder import shown
from ivr.flow.source import Problem, read_source
from ivr.training.scoring import card_file, read_card

__all__ = ["check"]


@click.command(epilog="Example: ivr check my-line.yaml")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@flows_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a problem, one a line.")
def check(files: Sequence[Path], flows: Path | None, as_json: bool) -> None:
    """Check the shipped flows, scenarios and scorecard, or FILES beside them.

    A file holds a flow, scenarios, or a scorecard. Prints every problem as file:line: what is wrong, and what would be
    allowed. Exit status 1 if there is any.
    """
    problems = _problems(files, flows)
    for problem in problems:
        click.echo(_as_json(problem) if as_json else str(problem))
    if problems:
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo(f"{_what(files)} right")


def _problems(files: Sequence[Path], flows: Path | None) -> list[Problem]:
    """The problems of the files asked about; all where none was named. A broken neighbour is told of too."""
    cards = [path for path in files if _is_card(path)]
    found = _raised(partial(load_centre, flows, [path for path in files if path not in cards]))
    for card in dict.fromkeys(path.resolve() for path in (card_file(flows), *cards)):
        found += _raised(partial(read_card, card))
    named = {shown(path) for path in files}
    return [problem for problem in found if problem.file in named] or found


def _is_card(path: Path) -> bool:
    """Whether a file is a scorecard: no other has sections."""
    data = read_source(path).data
    return isinstance(data, dict) and "sections" in data


def _raised(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except FlowError as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
    return []


def _as_json(problem: Problem) -> str:
    return json.dumps({"file": problem.file, "line": problem.line, "message": problem.message})


def _what(files: Sequence[Path]) -> str:
    if not files:
        return "All flows are"
    return f"{', '.join(shown(path) for path in files)} {'is' if len(files) == 1 else 'are'}"
