"""`ivr serve`: the webhooks on this machine, for development."""

import ipaddress
import logging
import os
import socket
from collections.abc import Mapping
from pathlib import Path

import click
from werkzeug.serving import make_server

from ivr.cli.centres import flows_option
from ivr.errors import SettingsError
from webhooks import Settings, create_app
from webhooks.addresses import Addresses

__all__ = ["serve"]


@click.command(
    epilog="""\b
Examples:
  ivr serve --public-url https://ivr.example.com      signed requests only; a tunnel leads here
  ivr serve --no-verify-signatures                    to try it on this machine with curl"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=5000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--public-url", help="Where Twilio reaches this: goes before IVR_PUBLIC_URL.")
@click.option("--no-verify-signatures", "unverified", is_flag=True, help="Take requests that Twilio did not sign.")
@flows_option
def serve(host: str, port: int, public_url: str | None, unverified: bool, flows: Path | None) -> None:
    """Serve Twilio's webhooks, for development.

    Reads TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, IVR_PUBLIC_URL and the other variables of docs/twilio.md.
    """
    if unverified and not _is_loopback(host):
        raise click.UsageError("--no-verify-signatures goes with a --host on this machine only, such as 127.0.0.1")
    with _listening(host, port) as listener:
        chosen = {"IVR_PUBLIC_URL": public_url, "IVR_FLOWS": str(flows) if flows else None}
        environ = {**os.environ, **{name: value for name, value in chosen.items() if value is not None}}
        if unverified:
            environ["IVR_VERIFY_SIGNATURES"] = "off"
            environ["IVR_PUBLIC_URL"] = public_url or f"http://localhost:{listener.getsockname()[1]}"
        settings = _settings(environ)
        app = create_app(settings)
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        server = make_server(host, port, app, threaded=True, fd=listener.fileno())
        _announce(settings, listener)
        server.serve_forever()  # until Ctrl-C, which it takes for a wish and not for an error
    click.echo("Stopped.")


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
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such address"
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
