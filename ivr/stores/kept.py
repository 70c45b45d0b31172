"""What is kept of a call between two requests."""

from datetime import datetime

from ivr.frozen import frozen
from ivr.stores.callers import HiddenCaller

__all__ = ["KeptCall", "LateKey"]


@frozen
class LateKey:
    """A finish key that may still be pressed, out of habit, after an entry that was full without it at `filled_at`."""

    key: str
    filled_at: datetime


@frozen
class KeptCall:
    """A call as it stands at `at` (UTC). `version` counts its updates, from 1; `record` is a CallRecord as JSON.

    `document` is the last answer the medium was given, so that it can be given again. `caller` never changes.
    """

    id: str
    version: int
    record: str
    document: str
    ended: bool
    at: datetime
    late_key: LateKey | None = None
    caller: HiddenCaller | None = None
