"""Alive, and ready."""

from collections.abc import Mapping, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webhooks.conftest import Sender
from webhooks.health import Check, health_routes


def client(checks: Mapping[str, Check]) -> FlaskClient:
    app = Flask("health")
    app.register_blueprint(health_routes(checks))
    return app.test_client()


def broken() -> Sequence[str]:
    raise OSError("the password is 4929381746250837")


def test_alive_is_alive_whatever_is_wrong() -> None:
    assert client({"database": broken}).get("/healthz").get_json() == {"status": "ok"}


def test_ready_is_when_all_is_well() -> None:
    answer = client({"database": list, "flows": list}).get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ready", "wrong": []})


def test_what_is_not_ready_is_named_and_the_rest_is_for_the_log(caplog: pytest.LogCaptureFixture) -> None:
    answer = client({"database": broken, "flows": list, "schema": lambda: ["it is behind"]}).get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "not ready", "wrong": ["database", "schema"]})
    assert "'check': 'database', 'error': 'OSError', 'at': 'test_health.py:" in caplog.text
    assert "it is behind" in caplog.text
    assert "4929381746250837" not in caplog.text


def test_the_line_is_ready(sender: Sender) -> None:
    assert sender.app.test_client().get("/readyz").status_code == 200
