"""`ivr twilio run`: an application as it is, whose requests to Twilio's REST API stay on this machine."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import click

from ivr.cli.phone import USUAL_ACCOUNT
from ivr.harness import AUTH_TOKEN
from ivr.harness.rest import preload

__all__ = ["run_application"]

PRELOAD = Path(preload.__path__[0])


def _place(ctx: click.Context, option: click.Parameter, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise click.BadParameter(f"'{url}' is no place of a REST API, expected http://HOST:PORT", ctx, option)
    return url


@click.command(
    "run",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog="""\b
Examples:
  ivr twilio run node app.js
  ivr twilio run flask --app shop run --port 3000
  ivr phone http://127.0.0.1:3000/voice --rest-port 8010""",
)
@click.option(
    "--rest-url",
    default="http://127.0.0.1:8010",
    show_default=True,
    callback=_place,
    help="Where `ivr twilio serve`, or `ivr phone` with --rest-port, serves the REST API.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run_application(rest_url: str, command: tuple[str, ...]) -> None:
    """Run an application in Python or Node whose requests to twilio.com go to the virtual Twilio.

    Nothing in it has to be changed. TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are what the virtual Twilio signs and
    signs in with, unless they are set.
    """
    environ = {"TWILIO_ACCOUNT_SID": USUAL_ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH_TOKEN, **os.environ}
    environ["IVR_TWILIO_API"] = rest_url
    environ["NODE_OPTIONS"] = " ".join(filter(None, [_required(), os.environ.get("NODE_OPTIONS")]))
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PRELOAD), os.environ.get("PYTHONPATH")]))
    try:
        os.execvpe(command[0], command, environ)
    except OSError as problem:
        raise click.UsageError(f"'{command[0]}' cannot be run: {problem.strerror}") from None


def _required() -> str:
    """Node's option, where a path may hold spaces, quotes and backslashes."""
    path = str(PRELOAD / "twilio_here.cjs").replace("\\", "\\\\").replace('"', '\\"')
    return f'--require "{path}"'
