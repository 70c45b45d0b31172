"""Rate limits: how often one caller, or one address, is listened to.

Each worker process counts for itself: a limit is for what floods, not for what is one too many. Flask-Limiter would
cost a turn a tenth of its time, asks the time of day itself and starts a thread for what expires; this counts calls and
refusals only, on the application's clock.
"""

import hashlib
import re
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

from ivr.call import Clock

__all__ = ["Rate", "Rates", "Throttle"]

MOST_COUNTED = 10_000
"""Callers and addresses that are counted at once; the one counted longest ago is forgotten first."""

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


@dataclass(frozen=True, kw_only=True)
class Rate:
    """At most `times` in `seconds`, which begin with the first."""

    times: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> "Rate":
        """`30 per minute`, or `30/minute`. Raises ValueError."""
        found = re.fullmatch(rf"([1-9][0-9]{{0,8}})\s*(?:per|/)\s*({'|'.join(SECONDS)})", text.strip().lower())
        if found is None:
            raise ValueError(f"'{text}' is no rate")
        return cls(times=int(found[1]), seconds=SECONDS[found[2]])


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How often is too often; None is never.

    `calls_per_caller` and `calls_per_address` are calls that come in; `refusals_per_address` are requests that are
    refused. Twilio calls from few addresses, so that `calls_per_address` is no limit unless it is wanted.
    """

    calls_per_caller: Rate | None = Rate(times=30, seconds=60)
    calls_per_address: Rate | None = None
    refusals_per_address: Rate | None = Rate(times=60, seconds=60)


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
