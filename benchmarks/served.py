"""An application as it is served: gunicorn, gthread, two workers; what it answers and what it costs."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import TracebackType
from urllib.request import urlopen

from flask import Flask, Response

__all__ = ["PUBLIC_URL", "SID", "TOKEN", "Served", "bare", "practice_line"]

PUBLIC_URL = "https://ivr.example.com"
SID, TOKEN = "AC" + "0" * 32, "a token of the benchmark's"
WORKERS = 2
THREADS = {"sqlite": 1, "postgresql": 4}
"""As `webhooks.serving` has them."""
STARTS_WITHIN = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


def bare() -> Flask:
    """What everything is compared with: a view that answers the same whatever it is asked."""
    app = Flask("bare")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def constant(path: str) -> Response:
        return Response("<Response><Hangup/></Response>", mimetype="text/xml")

    return app


@dataclass(kw_only=True)
class Served:
    """An application factory under gunicorn, as a context. `environ` is added to this process's own."""

    factory: str
    threads: int
    environ: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def __enter__(self) -> "Served":
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", self.factory, "--preload", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(self.threads)]
        command += ["--keep-alive", "30", "--worker-connections", "2000", "--log-level", "warning"]
        self._process = subprocess.Popen(command, env={**os.environ, **self.environ})
        self._wait_until_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()

    @property
    def seconds(self) -> float:
        """CPU seconds that the workers have used."""
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.workers]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / _TICKS

    @property
    def megabytes(self) -> float:
        """Memory that the workers hold and share with nobody, and their share of the rest (PSS)."""
        sums = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.workers]
        return sum(int(text.split("Pss:")[1].split()[0]) for text in sums) / 1024

    @property
    def workers(self) -> list[int]:
        """Process ids."""
        assert self._process is not None
        pid = self._process.pid
        return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def _wait_until_up(self) -> None:
        assert self._process is not None
        until = monotonic() + STARTS_WITHIN
        while monotonic() < until and self._process.poll() is None:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                if answer.status == 200 and len(self.workers) == WORKERS:
                    return
        raise RuntimeError(f"{self.factory} did not start")


def practice_line(database: str, **environ: str) -> Served:
    """The practice line, which verifies signatures, with its calls in `database`."""
    return Served(
        factory="webhooks:create_app()",
        threads=THREADS[database.partition(":")[0].partition("+")[0]],
        environ={
            "TWILIO_ACCOUNT_SID": SID,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "IVR_PUBLIC_URL": PUBLIC_URL,
            "IVR_DATABASE_URL": database,
            "IVR_SEED": "1",
            "IVR_CALLS_PER_CALLER": "off",  # all calls come from one address here, and from few callers
            **environ,
        },
    )
