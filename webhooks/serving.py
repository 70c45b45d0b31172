"""How gunicorn serves the line: a configuration file, named on its command line as `--config python:webhooks.serving`.

Threads and not gevent, which breaks python-statemachine. No preloading: a worker that loads the application itself
takes new flows and new code at a SIGHUP, without a dropped call. Every setting:
https://docs.gunicorn.org/en/stable/settings.html.
"""

import os
import shutil
import tempfile
from pathlib import Path

from prometheus_client import values

from ivr.stores.database import parse_url
from webhooks.logs import logging_config
from webhooks.settings import Settings

settings = Settings.from_environ(os.environ)
"""Read before anything is served, so that everything wrong with them is said at once, and once."""

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

wsgi_app = "webhooks:create_app()"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = min(os.cpu_count() or 1, 8)
threads = 4 if settings.database and parse_url(settings.database).get_backend_name() == "postgresql" else 1
"""What answers most: threads take turns with Python, and only a database on the other end of a wire makes up for that.
See `benchmarks/durable.py`."""
preload_app = False

timeout = 30
"""Seconds after which a worker that stands still is replaced. A turn takes 4 at most, Twilio waits for 15."""
graceful_timeout = 20
"""Seconds that running turns may take once the server is told to stop."""
keepalive = 75
"""Seconds that a connection stays open unused: longer than nginx keeps its own, so that it never writes to a dead one.
"""

limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 4096

accesslog = None
"""What came in is for the proxy to log, and without its query; what happened on a call is in the application's own log.
"""
logconfig_dict = logging_config(settings.log_format or "json", settings.log_level)
control_socket_disable = True

_made: list[str] = []


def on_starting(server: object) -> None:
    """Before the first worker: their counts are in one folder, new for each start, and outlive the workers."""
    if METRICS_FOLDER not in os.environ:
        os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="ivr-metrics-")
        _made.append(os.environ[METRICS_FOLDER])
    for old in Path(os.environ[METRICS_FOLDER]).glob("*.db"):
        old.unlink()
    # It was chosen when prometheus_client was imported, and then for one process.
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]


def on_exit(server: object) -> None:
    """The folder goes with the server that made it."""
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)
