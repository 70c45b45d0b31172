"""The events of the call that a report is asked for: from a file, or from the store, which is imported only then."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from ivr.call.events import Event, event_from_json
from ivr.errors import ScriptError, StoreError

__all__ = ["LATEST", "events_of", "last_attempt"]

LATEST = "latest"
STANDARD_INPUT = "-"
UNTOLD = ("left-over",)
"""Lines of a call's JSON that are no events."""


def events_of(call: str) -> list[Event]:
    """What happened on a call: a file's name, a call's id in the store, or `latest`. Raises ScriptError, StoreError."""
    if call == STANDARD_INPUT:
        return _events("standard input", sys.stdin.readlines())
    path = Path(call)
    return _events(call, _text(path).splitlines()) if path.is_file() else _kept(call)


def last_attempt(trainee: str) -> list[Event]:
    """What happened on a trainee's last attempt that was kept. Raises StoreError."""
    from ivr.cli.teaching import catch_up, nobody, open_teaching

    teaching = open_teaching()
    if trainee not in dict(teaching.roll()):
        raise nobody(teaching)
    catch_up(teaching)
    last = teaching.last_result(trainee)
    if last is None:
        raise StoreError(f"{trainee} has no attempts yet: `ivr rehearse --trainee NAME` keeps them")
    return _events(f"the attempt of {trainee}", last.events.splitlines())


def _kept(call: str) -> list[Event]:
    from ivr.cli.teaching import open_store
    from ivr.stores.keeping import latest_rehearsal
    from ivr.stores.sql import SqlCalls

    store = open_store()
    wanted = latest_rehearsal(store) if call == LATEST else call
    found = list(SqlCalls(store).events(wanted)) if wanted else []
    if not found and call == LATEST:
        raise StoreError("the store has no rehearsal yet: `ivr serve` keeps those of the telephone")
    if not found:
        raise StoreError(f"'{call}' is no file, and no call of the store; `ivr db export` lists those, by `id`")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ScriptError(f"{path} is no text in UTF-8, and so no events") from None


def _events(name: str, lines: Iterable[str]) -> list[Event]:
    """The events in JSON lines. Raises ScriptError with the first line that is none."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            if values["event"] not in UNTOLD:
                found.append(event_from_json(values))
        except (ValueError, KeyError, TypeError):
            raise ScriptError(f"{name}:{number}: this is no event of a call, as --json prints them") from None
    if not found:
        raise ScriptError(f"{name} holds no events")
    return found
