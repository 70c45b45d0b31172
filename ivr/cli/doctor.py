"""`ivr doctor`: everything that is missing or wrong, in one go."""

import json
import os
from dataclasses import asdict

import click

from webhooks.examination import examine

__all__ = ["doctor"]


@click.command(epilog="Example: ivr doctor --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def doctor(as_json: bool) -> None:
    """Look at Python, settings, flows, database, signatures, proxy and public URL, and say what is wrong.

    Secrets are never shown. Twilio is not asked: `ivr twilio check` does that. Exit status 1 if anything is wrong.
    """
    findings = list(examine(os.environ))
    well = all(finding.ok for finding in findings)
    if as_json:
        click.echo(json.dumps({"ok": well, "findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        for finding in findings:
            click.echo(f"{'right' if finding.ok else 'WRONG':<7}{finding.subject:<14}{finding.detail}")
    if not well:
        raise click.exceptions.Exit(1)
