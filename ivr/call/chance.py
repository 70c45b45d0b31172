"""Chance that replays: the n-th draw of a call depends on its seed and n alone."""

import random

from ivr.call.record import CallRecord

__all__ = ["draw"]


def draw(record: CallRecord) -> float:
    """The next draw of this call, from 0 up to 1."""
    record.draws += 1
    return random.Random(f"{record.seed}:{record.draws}").random()
