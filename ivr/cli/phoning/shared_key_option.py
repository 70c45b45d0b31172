"""`--shared-key ID=SECRET`: a webhook signing key, which signs by SHA-256 instead of the auth token."""

import click

from ivr.errors import ScriptError
from ivr.harness import SharedKey
from ivr.harness.signature import parse_shared_key

__all__ = ["shared_key_option"]


def _shared_key(ctx: click.Context, option: click.Parameter, given: str | None) -> SharedKey | None:
    try:
        return None if given is None else parse_shared_key(given)
    except ScriptError as problem:
        raise click.BadParameter(str(problem), ctx, option) from problem


shared_key_option = click.option(
    "--shared-key",
    envvar="TWILIO_SHARED_KEY",
    metavar="ID=SECRET",
    callback=_shared_key,
    help="A webhook signing key, which signs by SHA-256 instead.",
)
