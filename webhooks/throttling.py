"""Rate limits: how often one caller, or one address, is listened to.

Each worker process counts for itself: a limit is for what floods, not for what is one too many. Flask-Limiter would
cost a turn a tenth of its time, asks the time of day itself and starts a thread for what expires; this counts calls and
refusals only, on the application's clock.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict

from ivr.call import Clock
from webhooks.rates import Rate, Rates

__all__ = ["Throttle"]

MOST_COUNTED = 10_000
"""Callers and addresses that are counted at once; the one counted longest ago is forgotten first."""


class Throttle:
    """Safe to share between threads. Who is counted is kept as a keyed hash, and for as long as the count only."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        self._rates = rates
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._counts: OrderedDict[bytes, tuple[int, float]] = OrderedDict()

    def call(self, caller: str, address: str) -> str | None:
        """Counts a call that comes in; which limit it passes, `caller` or `address`, if any."""
        if self._passes(self._rates.calls_per_caller, "caller", caller):
            return "caller"
        if self._passes(self._rates.calls_per_address, "address", address):
            return "address"
        return None

    def refusal(self, address: str) -> bool:
        """Counts a refused request; whether there were too many."""
        return self._passes(self._rates.refusals_per_address, "refused", address)

    def _passes(self, rate: Rate | None, kind: str, who: str) -> bool:
        return rate is not None and self._counted(f"{kind} {who}", rate.seconds) > rate.times

    def _counted(self, who: str, seconds: int) -> int:
        """How often it is now, with this time."""
        name = hashlib.blake2b(who.encode(errors="replace"), key=self._key, digest_size=16).digest()
        now = self._clock().timestamp()
        with self._lock:
            count, until = self._counts.pop(name, (0, 0.0))
            count, until = (count + 1, until) if until > now else (1, now + seconds)
            self._counts[name] = (count, until)
            if len(self._counts) > MOST_COUNTED:
                self._counts.popitem(last=False)
        return count
