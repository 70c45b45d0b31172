"""Workers and servers killed in the middle of many calls: every call goes on, and no turn counts twice."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from ivr.stores.opening import open_calls
from tests.chaos.callers import Story, many
from tests.chaos.servers import Gunicorn
from tests.stores.postgresql import Server

CALLS = int(os.environ.get("IVR_CHAOS_CALLS", "24"))
"""Enough to be killed in; `make chaos` makes a thousand.

A worker dies each half second: sooner, and a request and the fallback after it may both be lost, which ends a call.
"""


def test_workers_are_killed(empty_url: str, tmp_path: Path) -> None:
    prepare(empty_url)
    with Gunicorn(database=empty_url, log=tmp_path / "log") as server:
        with every(0.5, lambda count: server.kill_a_worker(count)) as kills:
            stories = many(server.exchange, server.url, CALLS)
        tell("workers killed", kills, stories)
        assert kills
        check(stories, empty_url)


def test_the_database_is_restarted(postgresql: Server, postgresql_url: str, tmp_path: Path) -> None:
    prepare(postgresql_url)

    def restart(_: int) -> None:
        postgresql.stop("immediate")
        postgresql.start()

    with Gunicorn(database=postgresql_url, log=tmp_path / "log") as server:
        with every(1.5, restart) as restarts:
            stories = many(server.hurried, server.url, CALLS, at_once=20)
        tell("database restarted", restarts, stories)
        assert restarts
        check(stories, postgresql_url)


def prepare(url: str) -> None:
    engine = open_database(url)
    migrate(engine)
    engine.dispose()


def check(stories: list[Story], url: str) -> None:
    """Every call reached its department, and the store tells of each step of it exactly once."""
    assert len(stories) == CALLS
    assert [story.last_words for story in stories if not story.connected] == []
    calls = open_calls(url)
    for story in stories:
        counted = Counter(event.kind for event in calls.events(story.sid))
        assert (counted["arrived"], counted["transferred"], counted["connected"], counted["ended"]) == (1, 1, 1, 1)
        filled = [event.slot for event in calls.events(story.sid) if event.kind == "filled"]  # type: ignore[attr-defined]
        assert len(filled) == len(set(filled))
        kept = calls.find(story.sid)
        assert kept is not None
        assert kept.ended
    calls.close()


def tell(what: str, times: list[int], stories: list[Story]) -> None:
    failures = sum(story.failures for story in stories)
    apologies = sum(story.apologies for story in stories)
    connected = sum(story.connected for story in stories)
    print(f"{what} {len(times)} times in {len(stories)} calls: {connected} connected, ", end="")
    print(f"{failures} requests failed, {apologies} apologies heard")


@contextmanager
def every(seconds: float, act: Callable[[int], None]) -> Iterator[list[int]]:
    """Does something over and over, beside what happens meanwhile."""
    over, done = threading.Event(), list[int]()

    def go_on() -> None:
        while not over.wait(seconds):
            act(len(done))
            done.append(len(done))

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()
