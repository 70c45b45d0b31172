"""`ivr rehearse`: a scenario from its story to the end of the call, on this terminal."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import click

from ivr.call import CallSession, Switchboard
from ivr.call.handset import VirtualClock
from ivr.call.record import Rehearsal, Stage
from ivr.cli.call import call_id, steps_of
from ivr.cli.centres import centre_with, flows_option
from ivr.cli.columns import terminal_width
from ivr.cli.moments import Moment
from ivr.cli.rehearsing.callers import let_play
from ivr.cli.rehearsing.choosing import choose, list_scenarios, named
from ivr.cli.rehearsing.debriefing import debrief
from ivr.cli.rehearsing.preparing import ask_number, ask_stage, tell_case, tell_way
from ivr.cli.scripted import play
from ivr.cli.terminal import converse
from ivr.cli.transcript import JsonLines, Reporter, Transcript
from ivr.errors import FlowError, NumberError, ScriptError
from ivr.flow.centre import ContactCentre
from ivr.harness.script import Step
from ivr.training.callers import Temper, number_to_dial
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card

__all__ = ["rehearse"]

WHICH = "which scenario? `ivr rehearse --list` shows them"
RETRY = {"a": "the same again", "n": "another scenario", "q": "quit"}


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One rehearsal as it was asked for; None where the caller is asked, or the scenario decides."""

    scenario: str
    stage: Stage | None
    number: str | None
    seed: int | None
    at: datetime | None
    trainee: str | None
    steps: tuple[Step, ...] | None
    temper: Temper | None
    as_json: bool
    flows: Path | None

    @property
    def by_itself(self) -> bool:
        """Whether nobody is at the terminal."""
        return self.steps is not None or self.temper is not None


@click.command(
    epilog="""\b
Examples:
  ivr rehearse                              pick a scenario, prepare, call, and hear how it went
  ivr rehearse dispute --stage test
  ivr rehearse 102 --trainee Ada            an attempt that is kept for `ivr results`
  ivr rehearse 101 --caller prepared        watch how it is done
  ivr rehearse lost-card --script "say lost card; press *; press *; press *; wait" --json"""
)
@click.argument("scenario", required=False)
@click.option("--list", "listing", is_flag=True, help="List the scenarios.")
@click.option(
    "--prepare", "preparing", is_flag=True, help="Only show the story and the checklist, for a call by phone."
)
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    help="overview: the best way is shown first; practice: hints; test: no help.  [default: asked, or practice]",
)
@click.option("--number", help="The number to dial, in any spelling, or card-back.  [default: asked, or the best]")
@click.option("--script", help="Play these steps: press KEYS; say WORDS; wait [SECONDS]; hang up.")
@click.option(
    "--script-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same, from a file."
)
@click.option(
    "--caller", type=click.Choice([temper.value for temper in Temper]), help="Let a caller made of rules play."
)
@click.option("--trainee", help="Whose attempt it is: one of `ivr trainee list`. It is kept for `ivr results`.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object an event, one a line; with --list, a list.")
@click.option("--seed", type=int, help="Replay chance: names, waits, twists.  [default: the scenario's]")
@click.option("--at", type=Moment(), help="When the call is placed: now, or a time.  [default: the scenario's]")
@flows_option
def rehearse(
    scenario: str | None,
    listing: bool,
    preparing: bool,
    stage: str | None,
    number: str | None,
    script: str | None,
    script_file: Path | None,
    caller: str | None,
    trainee: str | None,
    as_json: bool,
    seed: int | None,
    at: datetime | None,
    flows: Path | None,
) -> None:
    """Rehearse SCENARIO, by its name or number: the story, the call, a person on the line, and how it went.

    Type words to say them, digits to press them, an empty line to stay silent, ? to see what may be pressed, and hint
    for a hint. Nothing is dialled, and no time passes that you would have to wait for.
    """
    centre, _ = centre_with(flows)
    if centre.representatives is None:
        raise FlowError([f"there are no scenarios in {flows}"])
    if listing:
        list_scenarios(centre, as_json=as_json)
        return
    if preparing:
        if not scenario:
            raise NumberError(WHICH)
        wanted = centre.scenarios[named(centre, scenario)]
        tell_case(centre, wanted, at or wanted.at)
        return
    attempt = Attempt(
        scenario=named(centre, scenario) if scenario else "",
        stage=Stage(stage) if stage else None,
        number=number,
        seed=seed,
        at=at,
        trainee=trainee,
        steps=steps_of(script, script_file),
        temper=Temper(caller) if caller else None,
        as_json=as_json,
        flows=flows,
    )
    _checked(attempt)
    _rehearse(centre, attempt)


def _checked(attempt: Attempt) -> None:
    if attempt.steps is not None and attempt.temper is not None:
        raise ScriptError("give --script or --caller, not both")
    if attempt.trainee is not None:
        from ivr.cli.rehearsing.trainees import check_known

        check_known(attempt.trainee)
    if attempt.by_itself and not attempt.scenario:
        raise NumberError(WHICH)


def _rehearse(centre: ContactCentre, attempt: Attempt) -> None:
    """Attempts, until the learner has had enough; a script's or a caller's is one."""
    while True:
        wanted = attempt if attempt.scenario else replace(attempt, scenario=_chosen(centre, attempt.trainee))
        _attempt(centre, wanted)
        if attempt.by_itself or attempt.as_json:
            return
        match _what_now():
            case "a":
                attempt = replace(wanted, seed=wanted.seed if wanted.seed is not None else secrets.randbelow(1_000_000))
            case "n":
                attempt = replace(attempt, scenario="", seed=None)
            case _:
                return


def _chosen(centre: ContactCentre, trainee: str | None) -> str:
    """Asks which one; a trainee is told which is next."""
    if trainee is None:
        return choose(centre)
    from ivr.cli.rehearsing.trainees import next_for

    return choose(centre, *next_for(centre, trainee))


def _what_now() -> str:
    shown = "   ".join(f"{key}  {what}" for key, what in RETRY.items())
    try:
        typed = click.prompt(
            f"\n{shown}", type=click.Choice(list(RETRY)), show_choices=False, prompt_suffix="> ", err=True
        )
    except (EOFError, click.Abort):
        return "q"
    return str(typed)


def _attempt(centre: ContactCentre, attempt: Attempt) -> None:
    """One: prepare, call, debrief."""
    coach = TrainingCoach(centre, load_card(attempt.flows))
    board = Switchboard(centre, coach=coach, debriefs=False)
    scenario = centre.scenarios[attempt.scenario]
    stage, number = _prepared(board, coach, attempt)
    began, seed = attempt.at or scenario.at, attempt.seed if attempt.seed is not None else scenario.seed
    clock = VirtualClock(began)
    rehearsal = Rehearsal(scenario=attempt.scenario, scene=began.isoformat(), stage=stage, trainee=attempt.trainee)
    session = CallSession.arriving(board, number, call_id=call_id(seed), seed=seed, clock=clock, rehearsal=rehearsal)
    reporter: Reporter = JsonLines(click.echo) if attempt.as_json else Transcript(click.echo, terminal_width())
    if attempt.temper is not None:
        let_play(attempt.temper, centre, session, clock, reporter, seed, coach.plan(attempt.scenario, rehearsal.scene))
    elif attempt.steps is not None:
        play(session, clock, reporter, attempt.steps)
    else:
        converse(session, clock, reporter, hints=stage is not Stage.TEST)
    try:
        if attempt.trainee is not None:
            from ivr.cli.rehearsing.trainees import keep_attempt

            keep_attempt(coach, session.events)
    finally:  # neither the attempt nor the debrief is lost with the other
        if not attempt.as_json:
            debrief(coach, session, ask=not attempt.by_itself)


def _prepared(board: Switchboard, coach: TrainingCoach, attempt: Attempt) -> tuple[Stage, str]:
    """How, and whom to call: asked where somebody can be asked."""
    scenario = board.centre.scenarios[attempt.scenario]
    if attempt.by_itself or attempt.as_json:
        best = number_to_dial(attempt.temper or Temper.PREPARED, scenario)
        return attempt.stage or Stage.PRACTICE, attempt.number or best
    at = attempt.at or scenario.at
    tell_case(board.centre, scenario, at)
    stage = attempt.stage or ask_stage()
    if stage is Stage.OVERVIEW:
        tell_way(coach, attempt.scenario, at)
    return stage, attempt.number or ask_number(board)
