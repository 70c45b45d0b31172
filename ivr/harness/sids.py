"""Identifiers in Twilio's shape: two letters and 32 hexadecimal digits, counted up from a seed."""

__all__ = ["Sids"]


class Sids:
    """Makes identifiers; the same seed makes the same ones, in the same order."""

    __slots__ = ("_count", "_seed")

    def __init__(self, seed: int = 0) -> None:
        self._seed = f"{seed & 0xFFFFFFFF:08x}"
        self._count = 0

    def make(self, prefix: str) -> str:
        """The next one: `CA` for a call, `RE` a recording, `AC` an account, and so on."""
        self._count += 1
        return f"{prefix}{self._seed}{self._count:024x}"

    def token(self) -> str:
        """The next I-Twilio-Idempotency-Token: a name for one request, the same on each of its retries."""
        self._count += 1
        return f"{self._seed}-0000-4000-8000-{self._count:012x}"
