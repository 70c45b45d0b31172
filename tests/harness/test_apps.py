"""Whole calls through applications of other styles and languages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from twilio.rest import Client

from ivr.harness import Answers, Busy, Exchange, Floor
from ivr.harness.rest.in_process import rest_in_process
from ivr.harness.rest.server import serve_rest
from tests.harness.apps.clinic_flask import NURSE, create_app
from tests.harness.apps.plain_wsgi import app as survey

NODE = shutil.which("node")
APPS = Path(__file__).parent / "apps" / "node"
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed: the Node applications were not tried")
DESK = "+14155550101"


@contextmanager
def node(script: str, **environment: str) -> Iterator[str]:
    """The application's URL, while it runs."""
    with running_app([str(NODE), str(APPS / script)], **environment) as url:
        yield url


@contextmanager
def running_app(command: list[str], **environment: str) -> Iterator[str]:
    """The URL of an application that prints its port."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}) as running:
        assert running.stdout is not None
        try:
            yield f"http://127.0.0.1:{running.stdout.readline().strip()}"
        finally:
            running.terminate()


@pytest.fixture
def front_desk(twilio: Exchange) -> Iterator[str]:
    with (
        serve_rest(twilio) as api,
        node(
            "front_desk.js",
            TWILIO_ACCOUNT_SID=twilio.account_sid,
            TWILIO_AUTH_TOKEN=twilio.auth_token,
            TWILIO_API_BASE=api,
        ) as url,
    ):
        yield url


def test_bare_wsgi_with_cookies(twilio: Exchange) -> None:
    call = twilio.call(survey, url="/").press("4").press("5")
    assert call.heard == (
        "How was the service? Press 1 to 5.",
        "Would you come again? Press 1 to 5.",
        "You answered 4 and 5.",
    )


def test_flask_with_signatures_and_a_session(twilio: Exchange) -> None:
    twilio.far_end(NURSE, Answers(after=1, script="say how can I help; hang up"))
    app = create_app(twilio.account_sid, twilio.auth_token)
    call = twilio.call(app, url="/voice", public_url="https://clinic.example.com").press("1")
    call.wait()
    assert call.heard[1:] == ("how can I help", "You chose 1: completed.")


def test_flask_calls_back_over_rest(twilio: Exchange) -> None:
    app = create_app(twilio.account_sid, twilio.auth_token)
    with rest_in_process(twilio):
        call = twilio.call(app, url="/voice", public_url="https://clinic.example.com").press("2")
        back = twilio.calls[-1].listen()
        assert call.heard[-1] == "We call you back."
        assert (back.to, back.heard) == (call.from_, ("This is the clinic, calling you back.",))
        made = Client(twilio.account_sid, twilio.auth_token).calls.list(status="completed")
    assert [made_call.direction for made_call in made] == ["outbound-api", "inbound"]


def test_flask_takes_a_message_after_a_menu_nobody_answered(twilio: Exchange) -> None:
    app = create_app(twilio.account_sid, twilio.auth_token)
    call = twilio.call(app, url="/voice", public_url="https://clinic.example.com").wait().press("3")
    assert call.floor is Floor.MESSAGE
    call.say("I need a new prescription").press("#")
    assert call.just_heard == "You chose 3: 2 seconds."


@needs_node
def test_node_cookies_redirects_and_dial(twilio: Exchange, front_desk: str) -> None:
    twilio.far_end(DESK, Busy())
    call = twilio.call(front_desk).press("7").say("the desk please")
    assert call.heard == (
        "Cookies work. Press 1 for the desk, 2 to leave a message.",
        "Cookies work. Press 1 for the desk, 2 to leave a message.",
        "The desk was busy.",
    )


@needs_node
def test_node_records_and_uses_rest_inside_its_webhook(twilio: Exchange, front_desk: str) -> None:
    call = twilio.call(front_desk).press("2").say("please water the plants").press("#")
    assert call.just_heard == "Your message is queued."
    (message,) = twilio.texts.kept.values()
    assert str(message["body"]).startswith("2 seconds: http://127.0.0.1:")


@needs_node
def test_express_style_with_speech_and_text_html(twilio: Exchange) -> None:
    with node("express_style.js") as url:
        call = twilio.call(f"{url}/voice").wait().say("Grace").press("1111").press("12#4")
    assert call.heard[-3:] == ("Wrong.", "Hello Grace. Key in your four digits.", "Thank you.")


def test_django_with_signatures_sessions_and_a_redirect(twilio: Exchange) -> None:
    bank = APPS.parent / "django_bank.py"
    with running_app([sys.executable, str(bank)], TWILIO_AUTH_TOKEN=twilio.auth_token) as url:
        call = twilio.call(f"{url}/voice", method="GET").press("1234").press("9")
    assert call.heard == ("Key in your PIN, then pound.", "PIN 1234. Press any key for the balance.", "Twelve dollars.")
    assert [request.status for request in call.requests] == [200, 302, 200, 200]


def test_django_refuses_what_is_signed_wrongly(twilio: Exchange) -> None:
    bank = APPS.parent / "django_bank.py"
    with running_app([sys.executable, str(bank)], TWILIO_AUTH_TOKEN="another") as url:
        call = twilio.call(f"{url}/voice", method="GET")
    assert [problem.code for problem in call.warnings] == [11200]
