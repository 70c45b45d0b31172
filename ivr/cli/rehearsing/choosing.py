"""The scenarios to choose from, and the one chosen."""

import json

import click

from ivr.cli.columns import echo
from ivr.errors import NumberError
from ivr.flow.centre import ContactCentre
from ivr.flow.rehearsal import Difficulty

__all__ = ["choose", "list_scenarios", "named"]

ASKED = "Which one? Its number or name, such as 101"


def list_scenarios(centre: ContactCentre, *, as_json: bool = False) -> None:
    """Every scenario, the easy ones first."""
    if as_json:
        click.echo(json.dumps(_rows(centre), indent=2))
        return
    wide = max(len(each.title) for each in centre.scenarios.values())
    for difficulty in Difficulty:
        click.echo(f"\n{difficulty.capitalize()}")
        for row in _rows(centre):
            if row["difficulty"] == difficulty:
                echo(f"  {row['code']}  {row['title']:<{wide}}  {row['scenario']}", 7)
    click.echo()


def _rows(centre: ContactCentre) -> list[dict[str, str]]:
    return [
        {
            "scenario": name,
            "code": each.code,
            "title": each.title,
            "difficulty": each.difficulty,
            "reason": each.reason,
            "member": each.member,
        }
        for name, each in sorted(centre.scenarios.items(), key=lambda item: item[1].code)
    ]


def choose(centre: ContactCentre, suggested: str | None = None, because: str = "") -> str:
    """Asks until a scenario is named; Enter alone takes the number that is suggested, because of something."""
    list_scenarios(centre)
    if because:
        echo(because)
    while True:
        typed = click.prompt(ASKED, default=suggested, prompt_suffix="> ", err=True).strip()
        try:
            return named(centre, typed)
        except NumberError as error:
            echo(str(error), err=True)


def named(centre: ContactCentre, wanted: str) -> str:
    """The scenario of a name or a code, as one might type them. Raises NumberError."""
    typed = "-".join(wanted.lower().strip("*# ").split())
    for name, scenario in centre.scenarios.items():
        if typed in (name, scenario.code):
            return name
    raise NumberError(f"there is no scenario '{wanted}'; `ivr rehearse --list` shows them, by number and name")
