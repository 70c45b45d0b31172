"""The events of the call that a report is asked for: from a file, or from the store, which is imported only then."""

import json
from pathlib import Path

from ivr.call.events import Event, event_from_json
from ivr.errors import ScriptError, StoreError

__all__ = ["LATEST", "events_of"]

LATEST = "latest"
UNTOLD = ("left-over",)
"""Lines of a call's JSON that are no events."""


def events_of(call: str) -> list[Event]:
    """What happened on a call: a file's name, a call's id in the store, or `latest`. Raises ScriptError, StoreError."""
    path = Path(call)
    return _read(path) if path.is_file() else _kept(call)


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


def _read(path: Path) -> list[Event]:
    """The events in a file of JSON lines. Raises ScriptError with the first line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            if values["event"] not in UNTOLD:
                found.append(event_from_json(values))
        except (ValueError, KeyError, TypeError):
            raise ScriptError(f"{path}:{number}: this is no event of a call, as --json prints them") from None
    if not found:
        raise ScriptError(f"{path} holds no events")
    return found
