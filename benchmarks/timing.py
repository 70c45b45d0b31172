"""Timing that can be compared: the measured things take turns, and medians are what is compared."""

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time

__all__ = ["medians"]


def medians(measured: Mapping[str, Callable[[], None]], *, rounds: int, repeats: int) -> dict[str, float]:
    """CPU milliseconds of each, a call, the median over rounds in which they take turns."""
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for action in measured.values():
        action()
    for _ in range(rounds):
        for name, action in measured.items():
            began = process_time()
            for _ in range(repeats):
                action()
            taken[name].append((process_time() - began) * 1000 / repeats)
    return {name: median(times) for name, times in taken.items()}
