"""What a kept turn costs in-process, signed, on SQLite with 100 calls in it and with a million. Bar: within 1.2.

IVR_BENCH_CALLS takes another number than a million.
"""

import io
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from flask import Flask
from sqlalchemy import Engine, text

from benchmarks.calling import requests_of
from benchmarks.served import PUBLIC_URL, SID, TOKEN
from benchmarks.timing import medians
from ivr.stores.opening import open_ready
from ivr.stores.sql import SqlCalls
from webhooks import Settings, create_app
from webhooks.settings import Credentials

__all__ = ["run"]

FEW, MANY = 100, int(os.environ.get("IVR_BENCH_CALLS", "1000000"))
BAR = 1.2
AT_ONCE = 100_000

_ROWS = "WITH RECURSIVE row(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM row WHERE n < :last)"
_ID = "printf('CA%032x', n * 2654435761 % 4294967296 + 4294967296)"  # in no order, as call SIDs are
_FILL = (
    f"INSERT INTO calls (number, id, version, record, ended, caller, caller_last4, began_at, at) {_ROWS} "
    f"SELECT n + 1, {_ID}, 1, :record, 1, printf('%032x', n % 5000), '0101', :at, :at FROM row",
    f"INSERT INTO events (call, version, number, kind, body) {_ROWS} SELECT n + 1, 1, part.value, "
    "CASE part.value WHEN 0 THEN 'answered' ELSE 'said' END, CASE part.value WHEN 0 THEN :document ELSE :event END "
    "FROM row, json_each('[0, 1, 2]') AS part",
)
"""Calls of one update, with its answer and two events each."""


def run() -> None:
    """Prints milliseconds a request, beside a bare number of calls, and the ratio."""
    with TemporaryDirectory(prefix="ivr-bench-") as folder:
        engines = {calls: _filled(Path(folder) / f"{calls}.db", calls) for calls in (FEW, MANY)}
        measured = {f"{calls:,}": _requests(engine) for calls, engine in engines.items()}
        took = medians(measured, rounds=21, repeats=100)
        for engine in engines.values():
            engine.dispose()
    few, many = took.values()
    for name, milliseconds in took.items():
        print(f"{name:>9} calls kept  {milliseconds:.3f} ms a request")
    print(f"ratio {many / few:.2f}, bar {BAR}")


def _filled(path: Path, calls: int) -> Engine:
    engine, began = open_ready(f"sqlite:///{path}"), monotonic()
    values = {"record": "{}" + " " * 700, "document": "<Response/>" + " " * 900, "event": "{}" + " " * 120}
    values["at"] = "2026-01-01T00:00:00+00:00"
    with engine.execution_options(writes=True).connect() as connection:
        for first in range(0, calls, AT_ONCE):
            for statement in _FILL:
                rows = {"first": first, "last": min(calls, first + AT_ONCE) - 1}
                connection.execute(text(statement), {**values, **rows})
            connection.commit()
            if calls > AT_ONCE:
                print(f"\r{first + AT_ONCE:,} calls stored, {monotonic() - began:.0f} s", end="", flush=True)
    if calls > AT_ONCE:
        print(f"; {path.stat().st_size / 1e9:.1f} GB")
    return engine


def _requests(engine: Engine) -> Callable[[], None]:
    """The requests of one call after another."""
    settings = Settings(public_url=PUBLIC_URL, credentials=Credentials(account_sid=SID, auth_token=TOKEN), seed=1)
    app, requests = create_app(settings, store=SqlCalls(engine)), _endless()

    def one() -> None:
        _ask(app, next(requests))

    return one


def _endless() -> Iterator[bytes]:
    for call in count():
        yield from requests_of(call)


def _ask(app: Flask, request: bytes) -> None:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in rest)
    answer = app.test_client().open(
        first.split()[1], method="POST", input_stream=io.BytesIO(body), headers=headers, base_url=PUBLIC_URL
    )
    assert answer.status_code in (200, 204)
    assert b"went wrong" not in answer.data
