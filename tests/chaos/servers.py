"""The application as it runs in production: processes of gunicorn that a test may kill."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

from ivr.harness import AUTH_TOKEN, Exchange

__all__ = ["ACCOUNT", "Gunicorn"]

ACCOUNT = "AC" + "0" * 32
STARTS_WITHIN = 60.0
"""Seconds, on a machine that does much else."""


@dataclass(kw_only=True)
class Gunicorn:
    """The practice line on a database, with so many workers; `log` gets what it prints."""

    database: str
    log: Path
    workers: int = 2
    threads: int = 8
    environ: Mapping[str, str] = field(default_factory=dict)
    application: str = "webhooks:create_app()"
    port: int = field(default=0, init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Gunicorn":
        # The port is open before the server is there, which takes it over: nobody else can have it meanwhile, and
        # whoever asks early waits.
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
            self._start(listening)
        self._wait_until_up()
        return self

    def _start(self, listening: socket.socket) -> None:
        environ = {
            **os.environ,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "IVR_PUBLIC_URL": self.url,
            "IVR_DATABASE_URL": self.database,
            "IVR_CALLS_PER_CALLER": "off",
            **self.environ,
        }
        port = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", self.application, "--preload", "--bind", f"fd://{port}"]
        command += ["--worker-class", "gthread", "--workers", str(self.workers), "--threads", str(self.threads)]
        command += ["--graceful-timeout", "5"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=environ, stdout=log, stderr=log, start_new_session=True, pass_fds=[port]
            )

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def kill_a_worker(self, which: int = 0) -> None:
        """Ends a worker as the out-of-memory killer does: at once, whatever it is doing."""
        workers = self.children
        if workers:
            os.kill(workers[which % len(workers)], signal.SIGKILL)

    @property
    def children(self) -> list[int]:
        """The workers' process ids."""
        assert self._process is not None
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self._process.pid)], capture_output=True, text=True)
        return sorted(int(pid) for pid in re.findall(r"\d+", found.stdout))

    def exchange(self, seed: int) -> Exchange:
        """A Twilio of the account that the application belongs to; its time passes at once."""
        return Exchange(seed=seed, account_sid=ACCOUNT)

    def hurried(self, seed: int) -> Exchange:
        """Another, on which a second takes a twentieth of one: pauses last, and whatever is down has time to get up."""
        return Exchange(seed=seed, account_sid=ACCOUNT, pace=lambda seconds: _pass(seconds / 20))

    def _wait_until_up(self) -> None:
        try:
            if requests.get(f"{self.url}/healthz", timeout=STARTS_WITHIN).ok:
                return
        except requests.RequestException:
            self.__exit__()
        raise AssertionError(f"the application did not start: {self.log.read_text()[-2000:]}")


def _pass(seconds: float) -> None:
    threading.Event().wait(seconds)
