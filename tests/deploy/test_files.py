"""The files to serve with: they can be read, and what they name is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from ruamel.yaml import YAML

from ivr.cli.db import db
from ivr.cli.serve import serve
from ivr.flow.centre import ContactCentre
from webhooks import Settings, create_app
from webhooks.metrics import Metrics
from webhooks.variables import VARIABLES

DEPLOY = Path(__file__).parents[2] / "deploy"
OTHERS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "PGDATA", "PATH", "PYTHONUNBUFFERED"}
PORT = 8000


def read(name: str) -> list[Any]:
    return list(YAML(typ="safe").load_all((DEPLOY / name).read_text()))


def walk(value: object) -> Iterator[tuple[str, Any]]:
    """Every key and value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key), inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


@pytest.fixture
def app(small: ContactCentre) -> Flask:
    return create_app(Settings(public_url="http://localhost", verify_signatures=False), centre=small)


def paths(app: Flask) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("name", ["compose.yaml", "kubernetes.yaml", "alerts.yaml"])
def test_they_are_yaml(name: str) -> None:
    assert all(isinstance(document, dict) for document in read(name))


def test_every_variable_of_the_compose_file_exists() -> None:
    (compose,) = read("compose.yaml")
    named = {name for key, value in walk(compose) if key == "environment" for name in value}
    assert "IVR_DATABASE_URL" in named
    assert named <= VARIABLES.keys() | OTHERS
    used = re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text())
    assert set(used) <= VARIABLES.keys() | OTHERS


def test_every_variable_of_the_manifest_exists() -> None:
    named = {
        each["name"]
        for document in read("kubernetes.yaml")
        for key, value in walk(document)
        if key == "env"
        for each in value
    }
    assert "IVR_TRUSTED_PROXIES" in named
    assert named <= VARIABLES.keys() | OTHERS


def test_what_the_compose_file_waits_for_exists() -> None:
    (compose,) = read("compose.yaml")
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= services.keys()
    assert services["line"]["stop_grace_period"] == "30s"


def test_every_probe_asks_for_a_page_that_is_there(app: Flask) -> None:
    asked = {value["path"] for document in read("kubernetes.yaml") for key, value in walk(document) if key == "httpGet"}
    assert asked == {"/healthz", "/readyz"}
    assert asked <= paths(app)
    assert "/readyz" in (DEPLOY / "compose.yaml").read_text()


def test_every_port_is_the_one_that_is_listened_on() -> None:
    assert f"EXPOSE {PORT}" in (DEPLOY / "Dockerfile").read_text()
    assert f'"--port", "{PORT}"' in (DEPLOY / "Dockerfile").read_text()
    assert f"server 127.0.0.1:{PORT};" in (DEPLOY / "nginx.conf").read_text()
    assert f"--port {PORT}" in (DEPLOY / "ivr.service").read_text()
    ports = [value for document in read("kubernetes.yaml") for key, value in walk(document) if key == "containerPort"]
    assert PORT in ports


def test_every_command_is_there() -> None:
    options = {option for parameter in serve.params for option in parameter.opts}
    for name in ("Dockerfile", "ivr.service"):
        text = (DEPLOY / name).read_text()
        (command,) = re.findall(r"^(?:CMD|ExecStart=).*serve.*$", text, re.MULTILINE)
        assert set(re.findall(r"--[a-z-]+", command)) <= options
    assert "upgrade" in db.commands


def test_what_is_served_to_the_world_is_there(app: Flask) -> None:
    (ingress,) = [document for document in read("kubernetes.yaml") if document["kind"] == "Ingress"]
    served = [path["path"] for path in ingress["spec"]["rules"][0]["http"]["paths"]]
    assert all(any(rule.startswith(path) for rule in paths(app)) for path in served)
    assert "/metrics" not in served


def test_every_alert_is_about_something_that_is_counted() -> None:
    (alerts,) = read("alerts.yaml")
    text = " ".join(rule["expr"] for rule in alerts["groups"][0]["rules"])
    known = {sample.name for metric in Metrics().families() for sample in metric.samples} | {
        f"{metric.name}{suffix}" for metric in Metrics().families() for suffix in ("_total", "_bucket")
    }
    assert set(re.findall(r"ivr_\w+", text)) <= known


def test_every_alert_is_explained() -> None:
    (alerts,) = read("alerts.yaml")
    page = (DEPLOY.parent / "docs" / "operations.md").read_text()
    for rule in alerts["groups"][0]["rules"]:
        assert f"| `{rule['alert']}` |" in page
