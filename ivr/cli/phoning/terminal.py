"""A call typed at a terminal: words are said, digits are pressed, an empty line is silence."""

import queue
import sys
import threading
import time

import click

from ivr.cli.phoning.explaining import explain
from ivr.cli.phoning.playing import hang_up
from ivr.cli.phoning.reporting import Reporter
from ivr.cli.terminal import keys_typed
from ivr.harness import Call, Floor

__all__ = ["converse", "converse_in_real_time"]

WELCOME = """\
Type words to say them, digits to press keys, Enter to stay silent.
? shows what the document is doing. Ctrl-C, or "hang up", hangs up.
"""
ON_HOLD_SECONDS = 10.0  # what an empty line waits where no question gives up
TICK_SECONDS = 0.05


def converse(call: Call, reporter: Reporter) -> None:
    """Carry the call on with whoever is at the terminal; time stands still while they type."""
    click.echo(WELCOME, err=True)
    try:
        call.listen()
        reporter.flush()
        while not call.ended:
            typed = click.prompt("you", default="", show_default=False, prompt_suffix="> ", err=True)
            _act(call, typed.strip(), None)
            reporter.flush()
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo(err=True)  # what was being typed stays on a line of its own
        hang_up(call)
    reporter.flush()


def converse_in_real_time(call: Call, reporter: Reporter) -> None:
    """The same while time passes: prompts can be broken into, and questions give up."""
    click.echo(WELCOME, err=True)
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), daemon=True).start()
    then = time.monotonic()
    try:
        while not call.ended:
            reporter.flush()
            typed: str | None = None
            try:
                typed = lines.get(timeout=TICK_SECONDS)
                if typed is None:
                    hang_up(call)
                    break
            except queue.Empty:
                pass
            now = time.monotonic()
            call.listen(now - then)
            then = now
            if typed and not call.ended:
                _act(call, typed.strip(), 0.0)
    except KeyboardInterrupt:
        click.echo(err=True)
        hang_up(call)
    reporter.flush()


def _read(lines: "queue.SimpleQueue[str | None]") -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put(None)


def _act(call: Call, typed: str, listen_for: float | None) -> None:
    keys = keys_typed(typed)
    if typed == "?":
        for line in explain(call):
            click.echo(line)
    elif typed.lower() in ("hang up", "hangup"):
        call.hang_up()
    elif keys:
        call.press(keys, listen_for=listen_for)
    elif typed:
        call.say(typed, listen_for=listen_for)
    elif listen_for is None:
        call.wait(ON_HOLD_SECONDS if call.floor in (Floor.HOLD, Floor.TALK) else None)
