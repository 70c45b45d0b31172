"""The database of whoever teaches, as the commands open it."""

import os

import click

from ivr.errors import StoreError
from ivr.stores.callers import CallerKey
from ivr.stores.database import default_url
from ivr.stores.opening import open_ready
from ivr.stores.teaching import Teaching
from webhooks.settings import IN_MEMORY

__all__ = ["open_teaching"]


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
