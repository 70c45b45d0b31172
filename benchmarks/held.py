"""A thousand calls at once on two cores, each caller thinking some five seconds before every answer; what a held call
takes of memory and disk; and whether any of it grows.

Bars: no error, p99 under 250 ms. IVR_BENCH_SECONDS makes it longer than a minute: 600 for a soak.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.calling import Load, press
from benchmarks.served import Served, practice_line
from ivr.stores.opening import open_ready

__all__ = ["run"]

CALLS, THINK = 1000, 5.0
SECONDS = float(os.environ.get("IVR_BENCH_SECONDS", "60"))
ROUND = 30.0
BAR = 250


def run() -> None:
    """Prints requests, errors, p50 and p99 of each half minute, and the memory of the workers after it."""
    with TemporaryDirectory(prefix="ivr-bench-") as folder:
        url = f"sqlite:///{folder}/calls.db"
        open_ready(url).dispose()
        with practice_line(url) as served:
            press(Load(port=served.port, calls=50, at_once=10, first=10**9))
            before = served.megabytes
            for number in range(max(1, round(SECONDS / ROUND))):
                _half_minute(served, number, before)
        held = sum(path.stat().st_size for path in Path(folder).glob("calls.db*")) / 1e6
        print(f"the database has {held:.0f} MB")


def _half_minute(served: Served, number: int, before: float) -> None:
    load = Load(port=served.port, calls=CALLS, at_once=CALLS, first=number * CALLS, think=THINK, seconds=ROUND)
    came, now = press(load), served.megabytes
    p50, p99 = came.percentile(50), came.percentile(99)
    print(f"{CALLS} calls held: {came.rate:4.0f} requests a second, {came.wrong} wrong of {came.requests}, ", end="")
    print(f"p50 {p50:.0f} ms, p99 {p99:.0f} ms (bar {BAR}); ", end="")
    print(f"workers {now:.0f} MB, {(now - before) * 1000 / CALLS:+.1f} kB a held call", flush=True)
