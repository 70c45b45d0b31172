"""The whole signed turn, kept in a database, beside a bare Flask view that answers a constant; both under gunicorn."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.calling import Came, Load, press
from benchmarks.served import THREADS, Served, practice_line
from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from tests.stores.postgresql import Server, missing

__all__ = ["databases", "run"]

ROUNDS, CALLS, AT_ONCE = 5, 300, 16
BARE = "benchmarks.served:bare()"
BARS = {"sqlite": 0.45, "postgresql": 0.25}


def run() -> None:
    """Prints requests a second, CPU, p50 and p99 of each, and the ratio to the bare view, under the same server in the
    same round."""
    with ExitStack() as stack:
        served = {}
        for name, url in stack.enter_context(databases()).items():
            served[f"bare view for {name}"] = stack.enter_context(Served(factory=BARE, threads=THREADS[name]))
            served[name] = stack.enter_context(practice_line(url))
        for each in served.values():
            press(Load(port=each.port, calls=20, at_once=AT_ONCE, first=10**9))
        rounds = [{name: _measured(each, number) for name, each in served.items()} for number in range(ROUNDS)]
    for name in served:
        bare = name if name.startswith("bare") else f"bare view for {name}"
        _tell(name, [(round_[name], round_[bare]) for round_ in rounds])


def _measured(served: Served, number: int) -> tuple[Came, float]:
    """What came of a round, and the CPU milliseconds of a request."""
    before = served.seconds
    came = press(Load(port=served.port, calls=CALLS, at_once=AT_ONCE, first=number * CALLS))
    return came, (served.seconds - before) * 1000 / came.requests


def _tell(name: str, rounds: list[tuple[tuple[Came, float], tuple[Came, float]]]) -> None:
    came = [each for (each, _), _ in rounds]
    rate, cpu = median(each.rate for each in came), median(cpu for (_, cpu), _ in rounds)
    p50, p99 = (median(each.percentile(share) for each in came) for share in (50, 99))
    by_rate = median(each.rate / bare.rate for (each, _), (bare, _) in rounds)
    by_cpu = median(bare / cpu for (_, cpu), (_, bare) in rounds)
    print(f"{name:<24} {rate:6.0f} a second  {cpu:.3f} ms CPU  p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  ", end="")
    print(f"ratio {by_rate:.2f} (by CPU {by_cpu:.2f})", f"bar {BARS[name]}" if name in BARS else "", end="  ")
    print(f"{sum(each.wrong for each in came)} wrong of {sum(each.requests for each in came)}")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """New databases, by kind, with their tables: SQLite, and PostgreSQL where it is installed."""
    with TemporaryDirectory(prefix="ivr-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the server may run as a user of its own
        urls, server = {"sqlite": f"sqlite:///{folder}/calls.db"}, None
        if missing():
            print(missing())
        else:
            server = Server(folder=Path(folder) / "server")
            urls["postgresql"] = server.url
        try:
            for url in urls.values():
                engine = open_database(url)
                migrate(engine)
                engine.dispose()
            yield urls
        finally:
            if server is not None:
                server.stop("immediate")
