"""Doing one thing in many threads at the same moment."""

import threading
from collections.abc import Callable
from typing import TypeVar

__all__ = ["at_once"]

T = TypeVar("T")


def at_once(act: Callable[[], T], times: int) -> list[T]:
    """What `act` gives, done so many times at the same moment."""
    start = threading.Barrier(times)
    given: list[T] = []

    def run() -> None:
        start.wait()
        given.append(act())

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
