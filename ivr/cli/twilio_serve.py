"""`ivr twilio serve`: the virtual Twilio's REST API over HTTP."""

from collections.abc import Mapping
from threading import Event

import click

from ivr.cli.columns import terminal_width
from ivr.cli.phoning.far_end_option import far_end_option
from ivr.cli.phoning.reporting import Reporter
from ivr.cli.phoning.shared_key_option import shared_key_option
from ivr.harness import AUTH_TOKEN, Exchange, FarEnd, SharedKey
from ivr.harness.rest.server import keep_time, serve_rest

__all__ = ["serve_twilio"]


@click.command(
    "serve",
    epilog="""\b
Example:
  ivr twilio serve --port 8010 --far-end "+14155550101=say hello; press 1; hang up"
  curl -u ACCOUNT:TOKEN http://127.0.0.1:8010/2010-04-01/Accounts/ACCOUNT/Calls.json \\
       -d To=+14155550101 -d From=+12025550100 -d Url=http://localhost:3000/voice""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="Where to listen; 0 for a free port."
)
@click.option("--account-sid", envvar="TWILIO_ACCOUNT_SID", help="Who signs in.  [default: made up, and printed]")
@click.option("--auth-token", envvar="TWILIO_AUTH_TOKEN", default=AUTH_TOKEN, help="With which token.")
@shared_key_option
@click.option("--api-key", "api_keys", multiple=True, metavar="SID:SECRET", help="A further sign-in; repeatable.")
@far_end_option
@click.option("--real-time", is_flag=True, help="Let calls take the time they take.")
@click.option("--trace", is_flag=True, help="Show the requests to applications as well.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print a JSON object an event, one a line, after the first three."
)
@click.option("--seed", default=0, help="Makes other SIDs.")
def serve_twilio(
    host: str,
    port: int,
    account_sid: str | None,
    auth_token: str,
    shared_key: SharedKey | None,
    api_keys: tuple[str, ...],
    far_ends: Mapping[str, FarEnd],
    real_time: bool,
    trace: bool,
    as_json: bool,
    seed: int,
) -> None:
    """Serve Twilio's REST API on this machine, with calls that reach local applications only.

    Point an application's REST base URL here. Calls that it creates ring the far ends, and run its TwiML; what happens
    in them is printed.
    """
    exchange = Exchange(seed=seed, account_sid=account_sid, auth_token=auth_token, shared_key=shared_key)
    for number, far_end in far_ends.items():
        exchange.far_end(number, far_end)
    keys = {key.partition(":")[0]: key.partition(":")[2] for key in api_keys}
    with serve_rest(exchange, host=host, port=port, api_keys=keys) as url:
        shown = auth_token if auth_token == AUTH_TOKEN else "as given"
        click.echo(f"The virtual Twilio listens at {url}\naccount {exchange.account_sid}\ntoken   {shown}")
        reporter = Reporter(click.echo, as_json=as_json, trace=trace, width=terminal_width())
        reporter.follow(None, lambda: exchange.calls)
        keep_time(exchange, Event(), real_time=real_time, tell=reporter.flush)
