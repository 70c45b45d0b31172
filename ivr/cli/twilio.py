"""`ivr twilio`: a Twilio number and this line, brought together and checked."""

import json
import os
from dataclasses import asdict

import click

from ivr.cli.twilio_run import run_application
from ivr.cli.twilio_serve import serve_twilio
from ivr.errors import SettingsError
from ivr.flow.directory import e164
from webhooks.account import LABELS, Account, AccountError, Change, OwnNumber, changes
from webhooks.addresses import Addresses
from webhooks.diagnosis import Finding, diagnose
from webhooks.public_url import is_local
from webhooks.settings import Credentials, Settings

__all__ = ["twilio"]


@click.group()
def twilio() -> None:
    """Point a Twilio number at this line; serve and run applications on the virtual one.

    `setup` and `check` are for Twilio itself: docs/twilio.md begins at the beginning. `serve` and `run` are for trying
    applications on this machine: docs/virtual-twilio-rest.md. TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are read, and
    the token is never shown.
    """


@twilio.command(epilog="Example: ivr twilio setup --number +15005550006 --public-url https://ivr.example.com --dry-run")
@click.option("--number", required=True, help="A number of your Twilio account.")
@click.option("--public-url", help="Where Twilio reaches the application.  [default: IVR_PUBLIC_URL]")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Change it without asking.")
def setup(number: str, public_url: str | None, dry_run: bool, yes: bool) -> None:
    """Point a number's voice, fallback and status URLs here; shows what will change first."""
    credentials, addresses = _account(public_url)
    account = Account(credentials)
    own = account.number(e164(number))
    if own is None:
        raise AccountError(f"this account has no number {e164(number)}")
    wanted = changes(own, addresses)
    _show(own, wanted)
    if not wanted:
        click.echo("Nothing has to change.")
    elif dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    elif yes or click.confirm("Change it?"):
        _confirm(account.apply(own, wanted), addresses)
    else:
        click.echo("Nothing was changed.")
        raise click.exceptions.Exit(1)


def _account(public_url: str | None) -> tuple[Credentials, Addresses]:
    """The account, and the addresses it shall call. Raises SettingsError."""
    chosen = {"IVR_VERIFY_SIGNATURES": "on", **({"IVR_PUBLIC_URL": public_url} if public_url else {})}
    settings = Settings.from_environ(os.environ | chosen)
    if is_local(settings.public_url):
        raise SettingsError([f"IVR_PUBLIC_URL is {settings.public_url}, which Twilio cannot reach"])
    assert settings.credentials is not None  # without them there would be no settings
    return settings.credentials, Addresses(public_url=settings.public_url)


def _show(own: OwnNumber, wanted: tuple[Change, ...]) -> None:
    click.echo(f"{own.number}")
    new = {change.name: change.wanted for change in wanted}
    for name, label in LABELS.items():
        present = own.present[name]
        if name in new:
            click.echo(f"  {label:<38}{present or 'nothing'}  ->  {new[name] or 'nothing'}")
        elif present:
            click.echo(f"  {label:<38}{present}")


def _confirm(own: OwnNumber, addresses: Addresses) -> None:
    """Believes what Twilio says the number is now, rather than what was asked for."""
    left = changes(own, addresses)
    if left:
        raise AccountError(f"Twilio took the changes, but not all of them; still {'; '.join(map(str, left))}")
    click.echo(f"Changed. Calls to {own.number} now reach {addresses.incoming}")


@twilio.command(epilog="Example: ivr twilio check --json")
@click.option("--number", help="A number of your Twilio account.  [default: those in IVR_NUMBERS, or that call here]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def check(number: str | None, as_json: bool) -> None:
    """Say what is wrong with the configuration: environment, flows, credentials, numbers, reachability.

    Exit status 1 if anything is.
    """
    findings = list(diagnose(os.environ, e164(number) if number else None))
    well = all(finding.ok for finding in findings)
    if as_json:
        click.echo(json.dumps({"ok": well, "findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding))
    if not well:
        raise click.exceptions.Exit(1)


def _line(finding: Finding) -> str:
    return f"{'right' if finding.ok else 'WRONG':<7}{finding.subject:<14}{finding.detail}"


twilio.add_command(serve_twilio, "serve")
twilio.add_command(run_application, "run")
