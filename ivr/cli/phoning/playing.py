"""A script plays the caller; after its last step the caller hears the line out, and hangs up.

When that call is over, those that the application has placed go on until they need somebody.
"""

from contextlib import suppress

import click

from ivr.cli.phoning.reporting import Reporter
from ivr.cli.phoning.script_file import PhoneScript
from ivr.cli.scripted import unplayed
from ivr.harness import Call, Exchange, NothingHappens, Unmet
from ivr.harness.expect.values import At, Expectation
from ivr.harness.script import HangUp, Press, Say, Step, Wait

__all__ = ["hang_up", "play"]


def play(exchange: Exchange, call: Call, reporter: Reporter, script: PhoneScript) -> None:
    """Every step the call lasts for, and every expectation; leaves with status 1 at the first that is not met."""
    try:
        _play(exchange, call, reporter, script)
    except KeyboardInterrupt:
        hang_up(call)
        reporter.flush()
        raise


def _play(exchange: Exchange, call: Call, reporter: Reporter, script: PhoneScript) -> None:
    left: list[str] = []
    call.listen()
    for index, line in enumerate(script.steps):
        if call.ended:
            exchange.run_on()
        if isinstance(line, tuple):
            left += _act(call, reporter, line)
        else:
            _expect(call, reporter, line, *script.place(index))
    reporter.flush()
    if not call.ended:
        call.listen()
    if not call.ended:
        call.hang_up()
    exchange.run_on()
    reporter.flush()
    if left:
        reporter.left_over(left)


def _act(call: Call, reporter: Reporter, steps: tuple[Step, ...]) -> list[str]:
    """Those that the call ended before."""
    left = []
    for step in steps:
        if call.ended:
            left.append(unplayed(step))
        else:
            _do(call, step)
        reporter.flush()
    return left


def _expect(call: Call, reporter: Reporter, expected: Expectation, file: str | None, line: int | None) -> None:
    try:
        call.expect(expected)
    except Unmet as problem:
        if isinstance(expected, At) and not reporter.as_json:
            reporter.flush()
            click.echo(f"\nThe leg to {expected.to}:\n{problem.transcript}")
        _stop(call, reporter, problem, file, line)


def hang_up(call: Call) -> None:
    """Even in the middle of a request, after which the call cannot go on by itself."""
    if not call.ended:
        with suppress(NothingHappens):
            call.hang_up()


def _do(call: Call, step: Step) -> None:
    match step:
        case Press(keys=keys):
            call.press(keys)
        case Say(words=words, confidence=confidence):
            call.say(words, confidence=confidence)
        case Wait(seconds=seconds):
            call.wait(seconds)
        case HangUp():
            call.hang_up()


def _stop(call: Call, reporter: Reporter, problem: Unmet, file: str | None, line: int | None) -> None:
    """The transcript up to it, then what was expected, and the call is over."""
    reporter.flush()
    reporter.unmet(problem, file, line)
    where = "" if file is None else f"{file}:{line}: "
    click.echo(f"{where}expected: {problem.expected}\n{problem.instead}", err=True)
    if not call.ended:
        call.hang_up()
    raise click.exceptions.Exit(1)
