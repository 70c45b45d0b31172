"""Every answer's headers, so that no page is more than it is."""

import pytest
from flask import Flask, Response

from ivr.flow.centre import ContactCentre
from tests.webhooks.conftest import Sender
from webhooks import Settings, create_app


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing", "/voice/hold.wav", "/voice/incoming"])
def test_every_page_has_them(sender: Sender, path: str) -> None:
    headers = sender.app.test_client().get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


def test_what_only_twilio_gets_is_no_page(sender: Sender) -> None:
    headers = sender.post("/voice/incoming").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert set(headers.keys()) == {"Content-Type", "Content-Length", "Cache-Control", "X-Content-Type-Options"}


def test_nothing_is_kept_on_the_way_unless_it_may_be(sender: Sender) -> None:
    client = sender.app.test_client()
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
    assert sender.post("/voice/incoming").headers["Cache-Control"] == "no-store"
    assert client.get("/voice/hold.wav").headers["Cache-Control"] == "public, max-age=86400"


def test_only_https_promises_https(small: ContactCentre) -> None:
    app = create_app(Settings(public_url="http://localhost", verify_signatures=False), centre=small)
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers


def test_a_page_that_needs_its_own_keeps_it(sender: Sender) -> None:
    app: Flask = sender.app
    own = {"Content-Security-Policy": "default-src 'self'"}
    app.add_url_rule("/own", view_func=lambda: Response("", headers=own))
    assert app.test_client().get("/own").headers["Content-Security-Policy"] == "default-src 'self'"


def test_nothing_debugs_in_production(sender: Sender) -> None:
    assert not sender.app.debug
    assert not sender.app.testing
    sender.app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    answer = sender.app.test_client().get("/broken")
    assert (answer.status_code, answer.text) == (500, "500 Internal Server Error\n")
