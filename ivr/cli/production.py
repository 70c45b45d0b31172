"""`ivr serve --production`: the webhooks under gunicorn, which takes this process over."""

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec

import click

from webhooks import Settings, create_app

__all__ = ["serve_production"]


def serve_production(environ: Mapping[str, str], bind: str, workers: int | None, threads: int | None) -> None:
    """Checks settings, flows and database, then becomes gunicorn at `bind`. Raises IvrError for what is wrong.

    The application that is made here is thrown away: it only proves that the workers can make theirs.
    """
    if find_spec("gunicorn") is None:
        raise click.UsageError("--production needs gunicorn: pip install 'ivr-trainer[production]'")
    settings = Settings.from_environ(environ)
    if settings.database is None and workers != 1:
        raise click.UsageError("calls in memory are of one process: set IVR_DATABASE_URL, or say --workers 1")
    create_app(settings)
    given = {"--bind": bind, "--workers": workers, "--threads": threads}
    options = [text for name, value in given.items() if value is not None for text in (name, str(value))]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:webhooks.serving", *options]
    sys.stdout.flush()
    os.execve(sys.executable, command, {**environ})
