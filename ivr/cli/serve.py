"""`ivr serve`: the webhooks on this machine, for development or for production."""

import ipaddress
import logging.config
import os
import socket
from collections.abc import Mapping
from pathlib import Path

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.cli.centres import flows_option
from ivr.cli.production import serve_production
from ivr.errors import SettingsError
from webhooks import Settings, create_app
from webhooks.addresses import Addresses
from webhooks.logs import logging_config

__all__ = ["serve"]


@click.command(
    epilog="""\b
Examples:
  ivr serve --public-url https://ivr.example.com      signed requests only; a tunnel leads here
  ivr serve --no-verify-signatures                    to try it on this machine with curl
  ivr serve --production --workers 4                  under gunicorn, behind a proxy; docs/operations.md"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=5000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--public-url", help="Where Twilio reaches this: goes before IVR_PUBLIC_URL.")
@click.option("--production", is_flag=True, help="Serve with gunicorn, in several processes.")
@click.option("--workers", type=click.IntRange(1), help="Processes, with --production.  [default: one a core]")
@click.option(
    "--threads",
    type=click.IntRange(1),
    help="Threads in each, with --production.  [default: 4 with PostgreSQL, else 1]",
)
@click.option("--no-verify-signatures", "unverified", is_flag=True, help="Take requests that Twilio did not sign.")
@flows_option
def serve(
    host: str,
    port: int,
    public_url: str | None,
    production: bool,
    workers: int | None,
    threads: int | None,
    unverified: bool,
    flows: Path | None,
) -> None:
    """Serve Twilio's webhooks, for development, or with --production.

    Reads TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, IVR_PUBLIC_URL and the other variables of docs/twilio.md.
    """
    chosen = {"IVR_PUBLIC_URL": public_url, "IVR_FLOWS": str(flows) if flows else None}
    environ = {**os.environ, **{name: value for name, value in chosen.items() if value is not None}}
    if production:
        if unverified:
            raise click.UsageError("--no-verify-signatures is for development, and does not go with --production")
        serve_production(environ, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", workers, threads)
        return
    if workers or threads:
        raise click.UsageError("--workers and --threads go with --production")
    if unverified and not _is_loopback(host):
        raise click.UsageError("--no-verify-signatures goes with a --host on this machine only, such as 127.0.0.1")
    with _listening(host, port) as listener:
        if unverified:
            environ["IVR_VERIFY_SIGNATURES"] = "off"
            environ["IVR_PUBLIC_URL"] = public_url or f"http://localhost:{listener.getsockname()[1]}"
        settings = _settings(environ)
        app = create_app(settings)
        logging.config.dictConfig(logging_config(settings.log_format or "text", settings.log_level))
        server = make_server(host, port, app, threaded=True, fd=listener.fileno(), request_handler=_Quiet)
        _announce(settings, listener)
        server.serve_forever()  # until Ctrl-C, which it takes for a wish and not for an error
    click.echo("Stopped.")


class _Quiet(WSGIRequestHandler):
    """Logs a request without its query, where anything may be."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.log("info", "%s %s %s", self.command, self.path.partition("?")[0], code)


def _settings(environ: Mapping[str, str]) -> Settings:
    try:
        return Settings.from_environ(environ)
    except SettingsError as error:
        hint = "To try it on this machine without an account: ivr serve --no-verify-signatures"
        raise SettingsError([*error.problems, hint]) from None


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "no such address"
        raise click.UsageError(f"cannot listen on {host} port {port}: {reason}") from None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _announce(settings: Settings, listener: socket.socket) -> None:
    addresses = Addresses(public_url=settings.public_url)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    signed = "Only requests that Twilio signed are answered."
    click.echo(f"The practice line listens on http://{shown}:{port}, for development. Ctrl-C stops it.")
    click.echo(
        signed if settings.verify_signatures else "Signatures are not verified: anyone on this machine may call."
    )
    click.echo("What a Twilio number needs, all by POST (`ivr twilio setup` enters it):")
    click.echo(f"  A call comes in        {addresses.incoming}")
    click.echo(f"  Primary handler fails  {addresses.fallback}")
    click.echo(f"  Call status changes    {addresses.status}")
