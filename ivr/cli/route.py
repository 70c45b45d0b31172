"""`ivr route`: the fastest way to somebody who can help, in keys and in words."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ivr.call.case import hears_reasons
from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.cli.centres import centre_with, flows_option
from ivr.cli.columns import echo
from ivr.cli.moments import OFFICE_HOURS, Moment
from ivr.errors import NumberError
from ivr.flow.centre import ContactCentre
from ivr.flow.rehearsal import Difficulty, Reason
from ivr.training.routes.answers import Caller
from ivr.training.routes.choices import Ways
from ivr.training.routes.luck import Seeded
from ivr.training.routes.planner import Planner, Route
from ivr.training.routes.planning import goal_open, plan_for_scenario
from ivr.training.routes.telling import Told, script, tell

__all__ = ["route"]

NOTES = ("the representative's name", "the date and time", "the reference number")
"""What the guide says to write down."""


@click.command(
    epilog="""\b
Examples:
  ivr route "dispute a charge"
  ivr route billing --number 1-800-528-2122 --keys
  ivr route lost-card --json"""
)
@click.argument("goal")
@click.option("--number", help="Dial this number; otherwise all that lead there are compared.")
@click.option("--member", help="The practice card member who calls.  [default: the first]")
@click.option("--at", type=Moment(), help="When the call is placed: now, or a time.  [default: office hours]")
@click.option("--keys", "ways", flag_value="keys", help="By keys only.")
@click.option("--words", "ways", flag_value="words", help="By words only.")
@click.option("--barge-in", is_flag=True, help="Cut prompts short where they can be.")
@click.option("--seed", type=int, help="Time it for one call's chance. By default times are expected ones.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@flows_option
def route(
    goal: str,
    number: str | None,
    member: str | None,
    at: datetime | None,
    ways: Ways | None,
    barge_in: bool,
    seed: int | None,
    as_json: bool,
    flows: Path | None,
) -> None:
    """Show the fastest route to GOAL: a reason to call in words, a department, or a scenario."""
    centre, _ = centre_with(flows)
    planner = _planner(Switchboard(centre), goal, member, at, ways or "either", barge_in)
    luck = None if seed is None else Seeded(seed)
    found = planner.routes() if number is None else (planner.route(_dialled(centre, number), luck),)
    if not found:
        raise NumberError(f"no number leads to {planner.goal} at that time")
    best = planner.route(found[0].dialled, luck) if luck else found[0]
    if as_json:
        click.echo(json.dumps(_json(planner, best, found), indent=2))
    else:
        _print(planner, best, found)


def _planner(
    board: Switchboard, goal: str, member: str | None, at: datetime | None, ways: Ways, barge_in: bool
) -> Planner:
    centre = board.centre
    scenario = _scenario(centre, goal)
    if scenario is not None:
        if member or at:
            raise click.UsageError("a scenario has its own --member and --at")
        return plan_for_scenario(board, scenario, ways=ways, barge_in=barge_in)
    name = member or next(iter(centre.members))
    if name not in centre.members:
        raise NumberError(f"there is no practice card member '{name}', expected one of {', '.join(centre.members)}")
    moment = at or OFFICE_HOURS
    reason = None if goal in centre.departments else _reason(centre, goal)
    departments = (goal,) if reason is None else _reasons(centre)[reason].departments
    return Planner(
        board,
        goal_open(board, departments, moment),
        Caller(member=name),
        moment,
        ways=ways,
        barge_in=barge_in,
        numbers=[f"{each}:{name}" if each == CARD_BACK else each for each in _numbers(centre, reason)],
    )


def _scenario(centre: ContactCentre, goal: str) -> str | None:
    by_code = {scenario.code: name for name, scenario in centre.scenarios.items()}
    return goal if goal in centre.scenarios and goal not in centre.departments else by_code.get(goal)


def _reason(centre: ContactCentre, words: str) -> str:
    """The reason to call that is given in words. Raises NumberError."""
    known = f"a department ({', '.join(centre.departments)}), or a scenario"
    if centre.representatives is None:
        raise NumberError(f"there is no department '{words}', expected {known}")
    heard = hears_reasons(centre.representatives, centre.vocabulary).hear(words)
    if heard.option is None or heard.score < LEAST_SURE:
        reasons = ", ".join(reason.name for reason in _reasons(centre).values())
        raise NumberError(
            f"'{words}' is no reason to call that is known here, expected {known}, or words for {reasons}"
        )
    return heard.option


def _reasons(centre: ContactCentre) -> Mapping[str, Reason]:
    return centre.representatives.reasons if centre.representatives else {}


def _numbers(centre: ContactCentre, reason: str | None) -> Sequence[str]:
    """The numbers that are right for a reason, as its easiest scenario has them; none, which is any, without one."""
    ease = list(Difficulty)
    fitting = [each for each in centre.scenarios.values() if each.reason == reason]
    easiest = min(fitting, key=lambda each: (ease.index(each.difficulty), each.code), default=None)
    return easiest.numbers if easiest else ()


LEAST_SURE = 0.35


def _dialled(centre: ContactCentre, number: str) -> str:
    if number.partition(":")[0] == CARD_BACK or number in centre.trees:
        return number
    return centre.directory.listing(number).number


def _shown(centre: ContactCentre, dialled: str) -> str:
    """A number as the directory writes it."""
    listing = centre.directory.by_number.get(_dialled(centre, dialled))
    return listing.dial if listing else dialled


def _print(planner: Planner, best: Route, found: tuple[Route, ...]) -> None:
    centre, told = planner.board.centre, tell(planner, best)
    names = " or ".join(centre.departments[name].name for name in planner.goal.departments)
    later = " (closed now: a callback or a message)" if planner.goal.later else ""
    shown = _shown(centre, best.dialled)
    echo(f"To {names}{later}: dial {shown}, {_duration(best.seconds)}, {best.hold:.0f} of it on hold.")
    click.echo()
    for number, step in enumerate(told.steps, start=1):
        echo(f"{number:>3}. {step.does[0].upper()}{step.does[1:]}.", 5)
    if not told.steps:
        click.echo("  1. Wait; nothing has to be pressed or said.")
    _print_list("Have ready", told.ready)
    _print_list("What not to press", told.avoid)
    _print_list("Note", NOTES)
    click.echo()
    click.echo(f'Try it: ivr call {shown} --script "{script(best)}"')
    if len(found) > 1:
        click.echo()
        click.echo("The numbers one could dial:")
        for each in found:
            echo(f"  {_shown(centre, each.dialled):<24}{each.seconds:>6.0f} s   {each.line}", 4)


def _print_list(title: str, items: tuple[str, ...]) -> None:
    if items:
        click.echo()
        click.echo(f"{title}:")
        for item in items:
            echo(f"  - {item}", 4)


def _duration(seconds: float) -> str:
    return f"about {seconds:.0f} seconds"


def _json(planner: Planner, best: Route, found: tuple[Route, ...]) -> dict[str, Any]:
    told: Told = tell(planner, best)
    return {
        "departments": list(planner.goal.departments),
        "later": planner.goal.later,
        "dialled": best.dialled,
        "line": best.line,
        "seconds": round(best.seconds, 2),
        "hold": round(best.hold, 2),
        "steps": [
            {"at": step.at, "node": step.place, "keys": step.keys, "words": step.words, "does": step.does}
            for step in told.steps
        ],
        "ready": list(told.ready),
        "avoid": list(told.avoid),
        "note": list(NOTES),
        "script": script(best),
        "numbers": [{"dialled": each.dialled, "seconds": round(each.seconds, 2), "line": each.line} for each in found],
    }
