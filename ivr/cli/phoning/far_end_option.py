"""`--far-end NUMBER=WHAT`: who is at the numbers that an application dials."""

from collections.abc import Mapping

import click

from ivr.errors import ScriptError
from ivr.harness import FarEnd
from ivr.harness.addresses import address_of
from ivr.harness.far_ends import parse_far_end

__all__ = ["far_end_option"]


def _far_ends(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Mapping[str, FarEnd]:
    return dict(_far_end(each, ctx, option) for each in given)


def _far_end(text: str, ctx: click.Context, option: click.Parameter) -> tuple[str, FarEnd]:
    number, equals, what = text.partition("=")
    address = address_of(number.strip())
    if not equals or address is None:
        allowed = "NUMBER=WHAT, with a number such as +14155550101, client:NAME, sip:ADDRESS or wss://URL"
        raise click.BadParameter(f"'{text}' is not {allowed}", ctx, option)
    try:
        return address, parse_far_end(what)
    except ScriptError as problem:
        raise click.BadParameter(str(problem), ctx, option) from problem


far_end_option = click.option(
    "--far-end",
    "far_ends",
    multiple=True,
    metavar="NUMBER=WHAT",
    callback=_far_ends,
    help="Who is dialled there: busy, rejects, no-answer, not-in-service, answers, voicemail, a script such as "
    "'say hello; hang up', or another application: its URL, or MODULE:NAME/PATH. NUMBER may also be sip:, client: or "
    "wss:. Repeatable.",
)
