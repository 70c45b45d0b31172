"""Chance that replays: the n-th draw of a call depends on its seed and n alone."""

import random

from ivr.call.record import CallRecord

__all__ = ["draw", "drawn"]


def draw(record: CallRecord) -> float:
    """The next draw of this call, from 0 up to 1."""
    record.draws += 1
    return drawn(record.seed, record.draws)


def drawn(seed: int, number: int) -> float:
    """The `number`-th draw, from 1, of a call with this seed."""
    return random.Random(f"{seed}:{number}").random()
