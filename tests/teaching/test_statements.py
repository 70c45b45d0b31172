"""Results as xAPI statements."""

import uuid
from dataclasses import replace

import pytest

from ivr.teaching.statements import statement_of
from tests.stores.test_teaching import RESULT as KEPT

HOME = "https://ivr.example.com"
RESULT = replace(
    KEPT,
    events='{"at": "2025-03-04T14:57:30+00:00"}\n{"at": "2025-03-04T15:00:00+00:00"}',
)


def test_a_statement_says_who_did_what_and_how_it_went() -> None:
    statement = statement_of(RESULT, HOME, 80.0, "A charge")

    assert uuid.UUID(statement.pop("id")).version == 5
    assert statement == {
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": "Ada"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/failed", "display": {"en-US": "failed"}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/xapi/scenarios/dispute",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/simulation",
                "name": {"en-US": "A charge"},
            },
        },
        "result": {
            "score": {"scaled": 0.725, "raw": 72.5, "min": 0, "max": 100},
            "success": False,
            "duration": "PT150.00S",
            "extensions": {
                f"{HOME}/xapi/seconds-lost": {"wrong-turn": 12.0},
                f"{HOME}/xapi/points-lost": {"courtesy": 2.5},
            },
        },
        "context": {"platform": "ivr-trainer", "extensions": {f"{HOME}/xapi/stage": "test"}},
        "timestamp": "2025-03-04T15:00:00+00:00",
        "version": "1.0.3",
    }


@pytest.mark.parametrize(
    ("score", "failed", "passed"), [(80.0, False, True), (100.0, True, False), (79.9, False, False)]
)
def test_the_bar_is_passed_or_not(score: float, failed: bool, passed: bool) -> None:
    statement = statement_of(replace(RESULT, score=score, failed=failed), HOME, 80.0)
    assert (statement["result"]["success"], statement["verb"]["display"]["en-US"] == "passed") == (passed, passed)


def test_the_same_result_has_the_same_id_and_another_has_another() -> None:
    def id_of(home: str = HOME, **changes: object) -> str:
        return str(statement_of(replace(RESULT, **changes), home, 80.0)["id"])

    assert id_of() == id_of() == id_of(call="CA1")
    others = [
        id_of("https://other.example.com"),
        id_of(trainee="Bob"),
        id_of(score=1.0),
        id_of(at="2025-03-04T15:00:01+00:00"),
    ]
    assert len({id_of(), *others}) == 5
