"""The database of whoever teaches, as the commands open it."""

import os

import click

from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.database import Engine, default_url
from ivr.stores.opening import open_ready
from ivr.stores.teaching import Teaching
from ivr.teaching.attempts import Attempts
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card
from webhooks.settings import IN_MEMORY

__all__ = [
    "bar_option",
    "catch_up",
    "coach_of_the_server",
    "mastery",
    "nobody",
    "open_store",
    "open_teaching",
    "teaching_of",
]


MOST_NAMED = 12
"""Trainees named in an error; a class has more."""

bar_option = click.option(
    "--bar", type=click.FloatRange(1, 100), help="Score that masters a scenario.  [default: the scorecard's]"
)


def open_store() -> Engine:
    """The database in IVR_DATABASE_URL, or the SQLite file of the data folder. Raises StoreError."""
    url = os.environ.get("IVR_DATABASE_URL", "").strip() or default_url()
    if url == IN_MEMORY:
        raise StoreError("IVR_DATABASE_URL is memory: trainees need a database")
    return open_ready(url)


def open_teaching(*, hashing: bool = False) -> Teaching:
    """The trainees of that database; `hashing` is for PINs.

    Raises StoreError, and UsageError where there is no secret to hash with.
    """
    return teaching_of(open_store(), hashing=hashing)


def teaching_of(store: Engine, *, hashing: bool = False) -> Teaching:
    """The trainees of a database. Raises UsageError where there is no secret to hash PINs with."""
    secret = os.environ.get("IVR_HASH_KEY", "").strip() or os.environ.get("TWILIO_AUTH_TOKEN", "").strip()
    if hashing and not secret:
        raise click.UsageError("PINs are stored hashed: set IVR_HASH_KEY or TWILIO_AUTH_TOKEN as the server does")
    return Teaching(store, CallerKey(secret))


def nobody(teaching: Teaching) -> StoreError:
    """What to say where nobody is of the name, or in the group, that was asked for."""
    roll = [f"{name} ({of or 'no group'})" for name, of in teaching.roll()]
    more = f" and {len(roll) - MOST_NAMED} more: `ivr trainee list`" if len(roll) > MOST_NAMED else ""
    known = ", ".join(roll[:MOST_NAMED]) + more
    return StoreError(f"nobody fits that; there are {known or 'no trainees yet: `ivr trainee add`'}")


def mastery(bar: float | None) -> float:
    """The score, of 100, that masters a scenario: `bar`, or that of the server's scorecard."""
    return bar or load_card(flows_of_the_server()).mastery


def coach_of_the_server() -> TrainingCoach:
    """The coach of the flows in IVR_FLOWS, or of the shipped ones."""
    flows = flows_of_the_server()
    return TrainingCoach(centre_with(flows)[0], load_card(flows))


def catch_up(teaching: Teaching) -> None:
    """Keeps what ended calls have left to be kept; says of which calls that cannot be done."""
    if not teaching.unkept():
        return
    for call, error in Attempts(teaching=teaching, coach=coach_of_the_server()).catch_up():
        click.echo(f"the attempt on call {call} cannot be scored: {error}", err=True)
