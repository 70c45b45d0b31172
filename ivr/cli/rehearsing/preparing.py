"""Before the call: the story, what to have at hand, the best way if it may be seen, and which number to dial."""

import textwrap
from collections.abc import Iterable
from datetime import datetime

import click

from ivr.call import CARD_BACK, Switchboard
from ivr.call.record import Stage
from ivr.cli.columns import echo, terminal_width
from ivr.errors import NumberError
from ivr.flow.centre import ContactCentre
from ivr.flow.directory import Listing
from ivr.flow.rehearsal import Scenario
from ivr.flow.rehearsal.facts import checklist
from ivr.training.coach import TrainingCoach
from ivr.training.routes.telling import tell

__all__ = ["ask_number", "ask_stage", "tell_case", "tell_way"]

WIDTH = 80
INDENT = 6
_STAGES = {
    "1": (Stage.OVERVIEW, "see the best way first, and get hints"),
    "2": (Stage.PRACTICE, "get hints when you ask for them"),
    "3": (Stage.TEST, "no help at all"),
}
_NOTES = {"representative": "the representative's name", "reference": "the reference number", "date": "the date"}


def tell_case(centre: ContactCentre, scenario: Scenario, at: datetime) -> None:
    """The story, the time at which it is set, and the checklist."""
    assert centre.representatives is not None
    member = centre.members[scenario.member]
    click.secho(f"\n{scenario.title}", bold=True)
    echo(f"You are {member.name}. It is {at:%A, %B} {at.day}, {_clock(at)}\n")
    click.echo(_wrapped(scenario.story))
    click.echo("\nHave ready:")
    ready = checklist(scenario, member, centre.representatives)
    wide = max(len(each.name) for each in ready)
    for each in ready:
        echo(f"  [ ] {each.name:<{wide}}  {each.value}", INDENT)
        if each.keys not in (None, each.value):
            echo(f"  {'':<{wide + 4}}  keys {each.keys}", INDENT)
    for lack in scenario.lacks:
        echo(f"  [-] {lack.replace('_', ' '):<{wide}}  not to hand", INDENT)
    click.echo()
    echo(f"Write down: {', '.join(_NOTES[note] for note in scenario.notes)}.")
    echo("If you are asked for something you don't have, press *.")


def _clock(at: datetime) -> str:
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}"


def _wrapped(text: str) -> str:
    width = min(WIDTH, terminal_width() or WIDTH)
    return textwrap.fill(" ".join(text.split()), width, initial_indent="  ", subsequent_indent="  ")


def ask_stage() -> Stage:
    """How much help is wanted."""
    click.echo("\nHow would you like it?")
    for key, (stage, what) in _STAGES.items():
        echo(f"  {key}  {stage:<10}{what}", 5)
    typed = click.prompt(
        "1, 2 or 3", type=click.Choice(list(_STAGES)), default="1", show_choices=False, prompt_suffix="> ", err=True
    )
    return _STAGES[typed][0]


def tell_way(coach: TrainingCoach, scenario: str, at: datetime) -> None:
    """The best way, in keys and in words: which number, and what to do at each question."""
    planner = coach.plan(scenario, at.isoformat())
    best = min(planner.numbers, key=planner.seconds)
    route = planner.route(best)
    told = tell(planner, route)
    dialled = "card" if best.partition(":")[0] == CARD_BACK else coach.board.centre.directory.listing(best).dial
    click.echo()
    echo(f"The best way takes about {route.seconds:.0f} seconds. Dial {dialled}, then:")
    for number, step in enumerate(told.steps, start=1):
        echo(f"  {number}. {step.does}", INDENT)
    echo(f"  {len(told.steps) + 1}. wait until somebody answers", INDENT)
    for sentence in told.avoid:
        echo(f"  {sentence}", 2)


def ask_number(board: Switchboard) -> str:
    """Which number the caller dials, until there is one."""
    click.echo("\nWhich number do you dial?")
    for line in _directory(board.centre.directory.numbers):
        echo(line, 20)
    while True:
        typed = click.prompt("A number in any spelling, or card", prompt_suffix="> ", err=True).strip()
        number = CARD_BACK if typed.lower() in ("card", CARD_BACK) else typed
        try:
            board.answering(number)
        except NumberError as error:
            echo(str(error), err=True)
        else:
            return number


def _directory(listings: Iterable[Listing]) -> Iterable[str]:
    yield f"  {'card':<18}the number on the back of your card"
    for listing in listings:
        toll = ", collect" if listing.toll == "collect" and "collect" not in listing.name else ""
        yield f"  {listing.letters or listing.dial:<18}{listing.name}{toll}"
