"""Results as xAPI statements: https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md (version 1.0.3)."""

import json
import uuid
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from ivr.stores.teaching import Result
from ivr.teaching.record_store import XAPI

__all__ = ["NOWHERE", "statement_of"]

NOWHERE = "https://ivr-trainer.invalid"
"""What names are made of where the line has no public URL."""

_VERBS = "http://adlnet.gov/expapi/verbs"
_SIMULATION = "http://adlnet.gov/expapi/activities/simulation"


def statement_of(result: Result, home: str, bar: float, title: str | None = None) -> dict[str, Any]:
    """What a trainee did, and how it went. `home` is a URL, under which scenarios and trainees' accounts are named.

    A trainee has an account of the home's, and no address. The same result has the same id always, so that a store that
    is told twice keeps it once. `bar` is the score, of 100, that masters; `title` is the scenario's.
    """
    passed = result.score >= bar and not result.failed
    verb = "passed" if passed else "failed"
    definition: dict[str, Any] = {"type": _SIMULATION}
    if title is not None:
        definition["name"] = {"en-US": title}
    return {
        "id": str(_id(result, home)),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": result.trainee}},
        "verb": {"id": f"{_VERBS}/{verb}", "display": {"en-US": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{home}/xapi/scenarios/{result.scenario}",
            "definition": definition,
        },
        "result": {
            "score": {"scaled": round(result.score / 100, 4), "raw": result.score, "min": 0, "max": 100},
            "success": passed,
            "duration": f"PT{_seconds(result):.2f}S",
            "extensions": {
                f"{home}/xapi/seconds-lost": dict(result.regret),
                f"{home}/xapi/points-lost": dict(result.lost),
            },
        },
        "context": {"platform": "ivr-trainer", "extensions": {f"{home}/xapi/stage": result.stage}},
        "timestamp": result.at,
        "version": XAPI,
    }


def _id(result: Result, home: str) -> uuid.UUID:
    """Of all that was kept, but not of the call, which may be purged."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{home} {json.dumps(asdict(replace(result, call=None)), sort_keys=True)}")


def _seconds(result: Result) -> float:
    """From the first event of the call to its last."""
    lines = result.events.splitlines()
    first, last = (datetime.fromisoformat(json.loads(line)["at"]) for line in (lines[0], lines[-1]))
    return max(0.0, (last - first).total_seconds())
