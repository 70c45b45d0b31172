"""The `ivr` command. Each subcommand lives in its own file and is imported when it is called, so that help is quick."""

import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import click

from ivr.cli.columns import echo
from ivr.errors import IvrError

__all__ = ["main"]

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

COMMANDS = {
    "assign": ("ivr.cli.assign", "Assign scenarios to trainees and groups."),
    "call": ("ivr.cli.call", "Call a phone tree from this terminal, or let a script call it."),
    "check": ("ivr.cli.check", "Check flow files, and say everything that is wrong with them."),
    "db": ("ivr.cli.db", "Care for the database of calls: upgrade, check, close, purge, export, erase."),
    "departments": ("ivr.cli.listing", "List the departments, their hours and waits."),
    "doctor": ("ivr.cli.doctor", "Say everything that is missing or wrong with this installation."),
    "draw": ("ivr.cli.draw", "Draw a line's tree as SVG, Mermaid or DOT."),
    "next": ("ivr.cli.next", "Say which scenario each trainee does best to rehearse next, and why."),
    "numbers": ("ivr.cli.listing", "List the numbers of the practice directory."),
    "phone": ("ivr.cli.phone", "Call any TwiML application as its caller: typed, or by script."),
    "rehearse": ("ivr.cli.rehearse", "Rehearse a scenario: prepare, call, talk to a person, hear how it went."),
    "report": ("ivr.cli.report", "Score and debrief a rehearsal, as text, JSON or a page."),
    "results": ("ivr.cli.results", "Show how trainees are coming along: scores, mastery, what they lose."),
    "route": ("ivr.cli.route", "Show the fastest route to a department, by each number one could dial."),
    "schema": ("ivr.cli.schema", "Print the JSON Schema of a kind of file, for editors."),
    "serve": ("ivr.cli.serve", "Serve Twilio's webhooks, for development or production."),
    "trainee": ("ivr.cli.trainee", "Add, import, list, change, export and erase trainees."),
    "twilio": ("ivr.cli.twilio", "Point a Twilio number at this line; serve and run applications on the virtual one."),
    "xapi": ("ivr.cli.xapi", "Write attempts as xAPI statements, or send them to a learning record store."),
}
"""Every subcommand: the module it lives in, and its line in the help."""


class _Commands(click.Group):
    """A group that imports a subcommand only to run it, or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(_loaded(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _loaded(name: str) -> ModuleType:
    """A command's module. What it brings stays for good, so the garbage collector need never look through it: that
    would take a fifth of a command's time."""
    if name in sys.modules:
        return sys.modules[name]
    collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


@click.group(
    cls=_Commands,
    epilog='Example: ivr call 1-800-528-4800 --script "say lost card; wait"',
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="ivr-trainer", message="%(version)s")
def ivr() -> None:
    """A practice range for phone trees.

    Rehearse a call to an Amex-style phone tree, serve it to Twilio, or test any TwiML application.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command. Exit status: 0 done, 1 something is wrong with what was checked, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # in a terminal that lacks a letter the rest is shown all the same
            stream.reconfigure(errors="backslashreplace")
    try:
        status = ivr.main(args=arguments, standalone_mode=False)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except IvrError as error:
        echo(str(error), err=True)
        status = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        status = 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        status = 0
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        echo(f"the output cannot be written: {os.strerror(error.errno)}", err=True)
        os._exit(2)  # without another try at what is still to be written
    sys.exit(status if isinstance(status, int) else 0)
