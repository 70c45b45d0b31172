"""`ivr call`: a call from this terminal, typed or by script."""

import random
import secrets
import time
from datetime import datetime
from pathlib import Path

import click

from ivr.call import CallSession, Switchboard
from ivr.call.handset import VirtualClock
from ivr.cli.centres import centre_with, flows_option
from ivr.cli.columns import terminal_width
from ivr.cli.moments import OFFICE_HOURS, Moment
from ivr.cli.scripted import play
from ivr.cli.terminal import converse
from ivr.cli.transcript import JsonLines, Reporter, Transcript
from ivr.errors import ScriptError
from ivr.harness.script import Step, parse_script

__all__ = ["call", "call_id", "steps_of"]


@click.command(
    epilog="""\b
Examples:
  ivr call                                    the lobby asks which number you would dial
  ivr call 1-800-AXP-EARN
  ivr call 800-528-4800 --script "say lost card; wait; press 0" --json
  ivr call my-line.yaml"""
)
@click.argument("number", required=False)
@click.option("--script", help="Play these steps: press KEYS; say WORDS; wait [SECONDS]; hang up.")
@click.option(
    "--script-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same, from a file."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object an event, one a line.")
@click.option("--seed", type=int, help="Replay chance: waits, alternatives, escapes. By default 1 for a script.")
@click.option(
    "--at",
    type=Moment(),
    default=OFFICE_HOURS,
    help="When the call is placed: now, or a time.  [default: office hours]",
)
@click.option("--real-time", is_flag=True, help="Let prompts, silence and holds take the time they take.")
@flows_option
def call(
    number: str | None,
    script: str | None,
    script_file: Path | None,
    as_json: bool,
    seed: int | None,
    at: datetime,
    real_time: bool,
    flows: Path | None,
) -> None:
    """Call NUMBER: one of the practice directory in any spelling, card-back, a line's name, or a flow file.

    Type words to say them, digits to press them, an empty line to stay silent, ? to see what may be pressed. Nothing is
    dialled, and no time passes that you would have to wait for.
    """
    steps = steps_of(script, script_file)
    centre, wanted = centre_with(flows, number)
    clock = VirtualClock(at, _sleep if real_time else _instantly)
    board = Switchboard(centre)
    chance = seed if seed is not None else 1 if steps is not None else secrets.randbelow(1_000_000)
    dialled = wanted or centre.directory.lobby
    session = CallSession.arriving(board, dialled, call_id=call_id(chance), seed=chance, clock=clock)
    reporter: Reporter = JsonLines(click.echo) if as_json else Transcript(click.echo, terminal_width())
    if steps is None:
        converse(session, clock, reporter)
    else:
        play(session, clock, reporter, steps)


def steps_of(script: str | None, script_file: Path | None) -> tuple[Step, ...] | None:
    """A script's steps, given as a text or in a file; None where there is none. Raises ScriptError."""
    if script is not None and script_file is not None:
        raise ScriptError("give --script or --script-file, not both")
    text = script_file.read_text(encoding="utf-8") if script_file else script
    return None if text is None else parse_script(text)


def call_id(seed: int) -> str:
    """Looks like a CallSid of Twilio's, and is the same for the same seed."""
    return f"CA{random.Random(seed).getrandbits(128):032x}"


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def _instantly(seconds: float) -> None:
    """No time passes."""
