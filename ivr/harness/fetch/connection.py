"""Connection overrides: how long a request may take and when it is made again, as the fragment of its URL says.

`https://ivr.example.com/voice#ct=2000&rt=5000&tt=8000&rc=2&rp=5xx,rt`: times in milliseconds, `rc` retries, and `rp`
what is retried. https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides gives the bounds (ct 100 to
10000, rt and tt 100 to 15000, rc 0 to 5) and says of `tt`: "the total time allowed for all timeouts including retries".
"""

from functools import lru_cache
from urllib.parse import parse_qsl

from ivr.frozen import frozen

__all__ = ["USUAL", "Connection", "connection_of"]

POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
SHORTEST, LONGEST_CONNECT, LONGEST = 100, 10_000, 15_000  # milliseconds
MOST_RETRIES = 5


@frozen
class Connection:
    """Milliseconds to connect, to wait for something to read, and in all; and what is asked again, how often."""

    connect: int = 5000
    read: int = 15_000
    total: int = 15_000
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    def again_for(self, reason: str) -> bool:
        """Whether a failure is a reason to ask again: `ct` no connection, `rt` no answer in time, `4xx`, `5xx`."""
        return reason in self.policy or ("all" in self.policy and reason in POLICIES)


USUAL = Connection()


@lru_cache(maxsize=256)
def connection_of(fragment: str) -> Connection:
    """What a URL's fragment overrides; what cannot be read in it, or is out of bounds, counts for nothing."""
    given = dict(parse_qsl(fragment))
    policy = frozenset(given.get("rp", "").split(","))
    return Connection(
        connect=_whole(given.get("ct"), SHORTEST, LONGEST_CONNECT, USUAL.connect),
        read=_whole(given.get("rt"), SHORTEST, LONGEST, USUAL.read),
        total=_whole(given.get("tt"), SHORTEST, LONGEST, USUAL.total),
        retries=_whole(given.get("rc"), 0, MOST_RETRIES, USUAL.retries),
        policy=policy if policy <= POLICIES else USUAL.policy,
    )


def _whole(text: str | None, least: int, most: int, usual: int) -> int:
    if text is None or not text.isdecimal() or not least <= int(text) <= most:
        return usual
    return int(text)
