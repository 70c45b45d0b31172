"""The database of whoever teaches, as the commands open it."""

import os

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.database import default_url
from ivr.stores.opening import open_ready
from ivr.stores.teaching import Teaching
from ivr.teaching.attempts import Attempts
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card
from webhooks.settings import IN_MEMORY

__all__ = ["catch_up", "open_teaching"]


def open_teaching(*, hashing: bool = False) -> Teaching:
    """The trainees in IVR_DATABASE_URL, or in the SQLite file of the data folder; `hashing` is for PINs.

    Raises StoreError, and UsageError where there is no secret to hash with.
    """
    url = os.environ.get("IVR_DATABASE_URL", "").strip() or default_url()
    if url == IN_MEMORY:
        raise StoreError("IVR_DATABASE_URL is memory: trainees need a database")
    secret = os.environ.get("IVR_HASH_KEY", "").strip() or os.environ.get("TWILIO_AUTH_TOKEN", "").strip()
    if hashing and not secret:
        raise click.UsageError("PINs are stored hashed: set IVR_HASH_KEY or TWILIO_AUTH_TOKEN as the server does")
    return Teaching(open_ready(url), CallerKey(secret))


def catch_up(teaching: Teaching) -> None:
    """Keeps what ended calls have left to be kept; says of which calls that cannot be done."""
    if not teaching.unkept():
        return
    flows = flows_of_the_server()
    coach = TrainingCoach(centre_with(flows)[0], load_card(flows))
    for call, error in Attempts(teaching=teaching, coach=coach).catch_up():
        click.echo(f"the attempt on call {call} cannot be scored: {error}", err=True)
