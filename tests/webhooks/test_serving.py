"""How gunicorn is told to serve, by the settings there are."""

import os
import subprocess
import sys

import pytest

from benchmarks.served import THREADS


@pytest.mark.parametrize(
    ("database", "threads"),
    [
        ("sqlite:////tmp/calls.db", THREADS["sqlite"]),
        ("postgresql:///ivr?host=/var/run/postgresql", THREADS["postgresql"]),
        ("memory", 1),
        ("", 1),
    ],
)
def test_as_many_threads_as_the_database_is_worth(database: str, threads: int) -> None:
    environ = {"IVR_PUBLIC_URL": "http://localhost", "IVR_VERIFY_SIGNATURES": "off", "IVR_DATABASE_URL": database}
    code = "from webhooks import serving; print(serving.threads)"
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environ}, capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{threads}\n"
