"""A time by which a whole answer has to be there, its headers too: each read waits only for what is left of it.

What `requests` calls a timeout is the longest pause between two bytes, which an answer that drips never reaches.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from time import monotonic

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

__all__ = ["TimedAdapter", "deadline"]


class _Now(threading.local):
    """The deadline of the request that this thread makes, in the seconds of `monotonic`."""

    at = float("inf")


_now = _Now()


@contextmanager
def deadline(at: float) -> Iterator[None]:
    """Inside, an answer not complete by then ends in TimeoutError."""
    _now.at = at
    try:
        yield
    finally:
        _now.at = float("inf")


class _Timed(RawIOBase):
    """A socket's bytes, up to a deadline."""

    def __init__(self, raw: RawIOBase, sock: socket.socket, at: float) -> None:
        self._raw = raw
        self._sock = sock
        self._at = at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int | None:  # type: ignore[override]
        left = self._at - monotonic()
        if left <= 0:
            raise TimeoutError("the time for the whole answer is over")
        usual = self._sock.gettimeout()
        self._sock.settimeout(left if usual is None else min(usual, left))
        try:
            return self._raw.readinto(buffer)
        finally:
            self._sock.settimeout(usual)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        raw = self.fp.detach()
        self.fp = BufferedReader(_Timed(raw, sock, _now.at))


class _Connection(HTTPConnection):
    response_class = _TimedResponse


class _SecureConnection(HTTPSConnection):
    response_class = _TimedResponse


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class TimedAdapter(HTTPAdapter):
    """For a session whose requests are made under a `deadline`."""

    def init_poolmanager(self, *args: object, **options: object) -> None:
        super().init_poolmanager(*args, **options)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
