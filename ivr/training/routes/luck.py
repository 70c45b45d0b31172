"""What chance does to a call: expected, or as one seed has it.

The draws stand in the order in which the call engine makes them, so that a route for a seed takes just the seconds of
that call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.call.chance import drawn
from ivr.flow.departments import Wait

__all__ = ["Expected", "Luck", "Seeded", "Weighted"]

Weighted = tuple[tuple[float, float], ...]
"""Seconds, each with its probability."""


class Luck(Protocol):
    """How the three things are settled that chance decides on a call. `draws` counts the draws made before."""

    def __hash__(self) -> int: ...

    def pick(self, seconds: Sequence[float], draws: int) -> tuple[float, int]:
        """How long one of a prompt's alternatives takes, and the draws made then."""

    def honoured(self, share: float, draws: int) -> tuple[tuple[float, bool, int], ...]:
        """Whether an ask for a representative is honoured early: probability, answer, and the draws made then."""

    def waits(self, wait: Wait, draws: int) -> tuple[Weighted, int]:
        """How long the hold is, and the draws made then."""


@dataclass(frozen=True)
class Expected:
    """Chance as the mean of what it may do."""

    def pick(self, seconds: Sequence[float], draws: int) -> tuple[float, int]:
        return sum(seconds) / len(seconds), 0

    def honoured(self, share: float, draws: int) -> tuple[tuple[float, bool, int], ...]:
        sides = ((share, True, 0), (1 - share, False, 0))
        return tuple(side for side in sides if side[0] > 0)

    def waits(self, wait: Wait, draws: int) -> tuple[Weighted, int]:
        return _spread(wait.shortest, wait.longest), 0


@dataclass(frozen=True)
class Seeded:
    """Chance as it falls on the call with this seed."""

    seed: int

    def pick(self, seconds: Sequence[float], draws: int) -> tuple[float, int]:
        if len(seconds) == 1:
            return seconds[0], draws
        return seconds[int(drawn(self.seed, draws + 1) * len(seconds))], draws + 1

    def honoured(self, share: float, draws: int) -> tuple[tuple[float, bool, int], ...]:
        return ((1.0, drawn(self.seed, draws + 1) < share, draws + 1),)

    def waits(self, wait: Wait, draws: int) -> tuple[Weighted, int]:
        span = wait.longest - wait.shortest
        total = round(wait.shortest + drawn(self.seed, draws + 1) * span, 1)
        return ((total, 1.0),), draws + 1


def _spread(shortest: float, longest: float) -> Weighted:
    """An even spread, rounded to tenths of a second as the engine rounds it."""
    if shortest == longest:
        return ((round(shortest, 1), 1.0),)
    tenths = range(round(shortest * 10), round(longest * 10) + 1)
    shares = [(tenth / 10, _share(tenth / 10, shortest, longest)) for tenth in tenths]
    return tuple((seconds, share) for seconds, share in shares if share > 0)


def _share(seconds: float, shortest: float, longest: float) -> float:
    low, high = max(shortest, seconds - 0.05), min(longest, seconds + 0.05)
    return max(0.0, high - low) / (longest - shortest)
