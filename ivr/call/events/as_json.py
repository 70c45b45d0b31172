"""Events as JSON values, and back."""

import json
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from ivr.call.events import in_a_rehearsal, in_the_tree
from ivr.call.events.event import Event

__all__ = ["EVENTS", "event_from_json", "event_to_json"]

_KINDS: tuple[type[Event], ...] = tuple(
    getattr(module, name) for module in (in_the_tree, in_a_rehearsal) for name in module.__all__
)
EVENTS: dict[str, type[Event]] = {event.kind: event for event in _KINDS}
"""Every event, by its kind."""

_iso = lru_cache(maxsize=16)(datetime.isoformat)
"""The events of a turn all happened at the same time."""

_SHARED = {each.name for each in fields(Event)}
_OWN = {kind: tuple(each.name for each in fields(event) if each.name not in _SHARED) for kind, event in EVENTS.items()}
"""What each has beside what all of them have."""


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as JSON values, its kind under `event`; `node` is its place."""
    values: dict[str, Any] = {"event": event.kind, "at": _iso(event.at), "node": event.place}
    for name in _OWN[event.kind]:  # all of them flat
        values[name] = getattr(event, name)
    return values


def event_from_json(values: dict[str, Any] | str) -> Event:
    """The inverse of `event_to_json`; takes the JSON text as well. What older events lack has its default."""
    known = json.loads(values) if isinstance(values, str) else dict(values)
    kind = EVENTS[known.pop("event")]
    known["at"], known["place"] = datetime.fromisoformat(known["at"]), known.pop("node")
    return kind(**{field.name: known[field.name] for field in fields(kind) if field.name in known})
