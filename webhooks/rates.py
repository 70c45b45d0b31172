"""Rates as settings have them."""

import re
from dataclasses import dataclass

__all__ = ["Rate", "Rates"]

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
