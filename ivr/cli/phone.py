"""`ivr phone`: a call to any TwiML application, typed or by script."""

import secrets
import time
from collections.abc import Mapping
from pathlib import Path

import click

from ivr.cli.columns import terminal_width
from ivr.cli.phoning.far_end_option import far_end_option
from ivr.cli.phoning.playing import play
from ivr.cli.phoning.reporting import Reporter
from ivr.cli.phoning.rest_door import rest_door
from ivr.cli.phoning.script_file import PhoneScript, read_script
from ivr.cli.phoning.shared_key_option import shared_key_option
from ivr.cli.phoning.terminal import converse, converse_in_real_time
from ivr.errors import ScriptError
from ivr.harness import AUTH_TOKEN, Call, Direction, Exchange, FarEnd, HarnessError, SharedKey
from ivr.harness.fetch.http import Method
from ivr.harness.fetch.importing import application_named, is_named
from ivr.harness.sids import Sids

__all__ = ["phone"]

SEED_BITS = 32
USUAL_ACCOUNT = Sids().make("AC")  # the same at every call, as an account is
METHODS: dict[str, Method] = {"GET": "GET", "POST": "POST"}


def _param(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise click.BadParameter(f"'{wrong[0]}' is no parameter, expected NAME=VALUE", ctx, option)
    return dict(each.split("=", 1) for each in given)


@click.command(
    epilog="""\b
Examples:
  ivr phone http://127.0.0.1:3000/voice
  ivr phone shop.app:app/voice
  ivr phone http://127.0.0.1:3000/voice --script "press 1; say representative; wait 5; hang up" --json
  ivr phone http://127.0.0.1:3000/voice --script-file calls/sales.yaml
  ivr phone http://127.0.0.1:3000/voice --far-end "+14155550101=voicemail after 20: This is Ann.\""""
)
@click.argument("url")
@click.option("--from", "from_", help="The caller's number.  [default: +12025550101]")
@click.option("--to", help="The number called.  [default: +12025550100]")
@click.option("--method", type=click.Choice(list(METHODS)), default="POST", help="How URL is requested.")
@click.option("--auth-token", envvar="TWILIO_AUTH_TOKEN", default=AUTH_TOKEN, help="What requests are signed with.")
@shared_key_option
@click.option("--public-url", help="Where the application believes to be, when not at URL: what is signed.")
@click.option("--fallback-url", help="Requested when a document cannot be had.")
@click.option("--status-callback", help="Told when the call is over.")
@click.option(
    "--direction", type=click.Choice([Direction.INBOUND.value, Direction.OUTBOUND_API.value]), default="inbound"
)
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, callback=_param, help="Sent with each request.")
@far_end_option
@click.option("--script", help="Play these steps: press KEYS; say WORDS; wait [SECONDS]; hang up.")
@click.option(
    "--script-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The same from a file, or a .yaml file with expectations and far ends.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object an event, one a line.")
@click.option("--trace", is_flag=True, help="Show the requests, and what happens on the legs that are dialled.")
@click.option("--real-time", is_flag=True, help="Let prompts and silence take the time they take.")
@click.option(
    "--rest-port",
    type=click.IntRange(1, 65535),
    help="Serve Twilio's REST API on this port of 127.0.0.1 during the call.",
)
@click.option("--account-sid", envvar="TWILIO_ACCOUNT_SID", help="The account that calls and signs in to REST.")
@click.option("--seed", type=int, help="What the SIDs are made from.  [default: another one each time]")
def phone(
    url: str,
    from_: str | None,
    to: str | None,
    method: str,
    auth_token: str,
    shared_key: SharedKey | None,
    public_url: str | None,
    fallback_url: str | None,
    status_callback: str | None,
    direction: str,
    params: dict[str, str],
    far_ends: Mapping[str, FarEnd],
    script: str | None,
    script_file: Path | None,
    as_json: bool,
    trace: bool,
    real_time: bool,
    rest_port: int | None,
    account_sid: str | None,
    seed: int | None,
) -> None:
    """Call the TwiML application at URL, and be its caller.

    A WSGI or ASGI application of Python needs no server: its URL may be MODULE:NAME/PATH, or MODULE:MAKE()/PATH. Its
    REST client then reaches the virtual Twilio, where the library `responses` is installed. That of any other does
    when `ivr twilio run` has started it.

    Type words to say them, digits to press them, an empty line to stay silent, ? to see what the document is doing.
    Nothing is dialled, and no time passes that you would have to wait for. The same script is heard the same each time;
    with --seed, --json and --trace are the same too, down to the CallSid. Exit status: 0, or 1 when an expectation of
    the script is not met, or 2 when the script is wrong or nothing answers at URL.
    """
    steps = _script(script, script_file)
    app, path = application_named(url) if is_named(url) else (_with_scheme(url), "")
    reporter = Reporter(click.echo, as_json=as_json, trace=trace, width=terminal_width())
    typed = steps is None
    pace = reporter.paced(time.sleep) if real_time and not typed else None
    chosen = secrets.randbits(SEED_BITS) if seed is None else seed
    exchange = Exchange(
        seed=chosen, account_sid=account_sid or USUAL_ACCOUNT, auth_token=auth_token, shared_key=shared_key, pace=pace
    )
    plan = steps or PhoneScript()
    for number, far_end in {**plan.far_ends, **far_ends}.items():
        exchange.far_end(number, far_end)
    with rest_door(exchange, rest_port, in_process=is_named(url)):
        call = exchange.call(
            app,
            url=path,
            to=to or plan.to or "+12025550100",
            from_=from_ or plan.from_ or "+12025550101",
            method=METHODS[method],
            fallback_url=fallback_url,
            status_callback=status_callback,
            auth_token=auth_token,
            shared_key=shared_key,
            public_url=public_url,
            params={**plan.params, **params},
            direction=Direction(direction),
            listen_for=0,
        )
        reporter.follow(call, lambda: exchange.calls)
        _reached(call, reporter)
        if not typed:
            play(exchange, call, reporter, plan)
        elif real_time:
            converse_in_real_time(call, reporter)
        else:
            converse(call, reporter)
            exchange.run_on()
            reporter.flush()


def _script(script: str | None, script_file: Path | None) -> PhoneScript | None:
    if script is not None and script_file is not None:
        raise ScriptError("give --script or --script-file, not both")
    if script_file is not None:
        return read_script(script_file)
    return None if script is None else PhoneScript.of(script)


def _with_scheme(url: str) -> str:
    """`localhost:3000/voice` means http, as everywhere."""
    return url if "://" in url else f"http://{url}"


def _reached(call: Call, reporter: Reporter) -> None:
    """Raises HarnessError when nothing answered the first request, nor a fallback."""
    asked = [request for request in call.requests if request.purpose in ("document", "fallback")]
    if asked and all(request.response is None for request in asked):
        if reporter.as_json:
            reporter.flush()
        raise HarnessError(f"the application cannot be reached: {asked[0].problem}")
