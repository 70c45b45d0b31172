"""Chance that replays: the n-th draw of a call depends on its seed and n alone."""

from hashlib import blake2b

from ivr.call.record import CallRecord

__all__ = ["draw", "drawn"]


def draw(record: CallRecord) -> float:
    """The next draw of this call, from 0 up to 1."""
    record.draws += 1
    return drawn(record.seed, record.draws)


def drawn(seed: int, number: int) -> float:
    """The `number`-th draw, from 1, of a call with this seed."""
    digest = blake2b(f"{seed}:{number}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * 2.0**-53  # as many bits as a float between 0 and 1 has
