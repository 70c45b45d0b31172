"""A learning record store, told by HTTP: https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Communication.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ivr.errors import IvrError

__all__ = ["XAPI", "RecordStore", "Refused", "Unreachable"]

XAPI = "1.0.3"
"""The version of the specification."""

PATIENCE = (3.05, 10.0)
"""Seconds to connect, and to wait for an answer."""


class Refused(IvrError):
    """The store does not take these statements as they are; `known` where it has one of that id already."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the learning record store refused a statement with status {status}")
        self.known = status == 409


class Unreachable(IvrError):
    """The store cannot be told now; `after` is how long it asks to be left alone, if it does."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True, kw_only=True)
class RecordStore:
    """`url` is the endpoint, without `/statements`; key and secret are for basic authentication."""

    url: str
    key: str
    secret: str = field(repr=False)

    def tell(self, statements: Sequence[dict[str, Any]]) -> None:
        """Tells all of them, or none. Raises Refused and Unreachable, neither of which quotes a statement or a secret.

        Told before, a statement is kept once: its id is the same.
        """
        import requests  # most commands tell nothing

        try:
            answer = requests.post(
                f"{self.url.rstrip('/')}/statements",
                json=list(statements),
                headers={"X-Experience-API-Version": XAPI},
                auth=(self.key, self.secret),
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise Unreachable(f"the learning record store cannot be reached: {type(error).__name__}") from None
        status = answer.status_code
        if status in (400, 409, 413):
            raise Refused(status)
        if not 200 <= status < 300:
            raise Unreachable(f"the learning record store answered with status {status}", _after(answer.headers))


def _after(headers: Mapping[str, str]) -> timedelta | None:
    """Retry-After in seconds; as a date it is not read."""
    told = headers.get("Retry-After", "")
    return timedelta(seconds=int(told)) if told.isascii() and told.isdigit() and len(told) < 7 else None
