"""An application in the manner of serverless functions, as it would be deployed: run by `ivr twilio run`.

It names itself by https, and asks api.twilio.com.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.harness import Answers, Busy, Call, Exchange
from ivr.harness.rest.server import serve_rest
from tests.harness.test_apps import running_app

ON_DUTY = "+14155550101"
CALLER = "+12025550101"
SCRIPT = Path(__file__).parent / "apps" / "node" / "locksmith_functions.js"
PUBLIC = "https://locksmith-1234-dev.example.com"

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.fixture
def url(twilio: Exchange) -> Iterator[str]:
    ivr = [sys.executable, "-c", "from ivr.cli import main; main()", "twilio", "run"]
    environment = {"TWILIO_ACCOUNT_SID": twilio.account_sid, "TWILIO_AUTH_TOKEN": twilio.auth_token}
    with (
        serve_rest(twilio) as api,
        running_app([*ivr, "--rest-url", api, "node", str(SCRIPT)], **environment) as url,
    ):
        yield url


def call(twilio: Exchange, url: str) -> Call:
    return twilio.call(f"{url}/night", public_url=PUBLIC)


def test_who_is_on_duty_is_called_and_takes_the_caller(twilio: Exchange, url: str) -> None:
    twilio.far_end(ON_DUTY, Answers(after=8, script="say I am on my way; hang up"))
    caller = call(twilio, url).wait().should_have_heard("where are you locked out")
    caller.say("Hafenstraße 5").should_have_heard("somebody is on the way to Hafenstraße 5").should_queue("jobs")
    caller.wait(60).should_have_heard("you are number 1").should_have_heard("I am on my way").should_end("completed")
    caller.should_have_heard("good night").should_not_warn()
    (locksmith,) = caller.outgoing
    locksmith.should_have_heard("locked out at Hafenstraße 5, says the cookie nothing")
    assert [request.url for request in locksmith.requests if request.purpose == "callback"] == [f"{PUBLIC}/told"]


def test_each_url_is_signed_as_it_is_requested(twilio: Exchange, url: str) -> None:
    caller = call(twilio, url).say("Rue de l'Église")
    assert [each.url.removeprefix(PUBLIC) for each in caller.requests] == [
        "/night",
        "/night",
        "/send?place=Rue%20de%20l'%C3%89glise&from=night%20line",
        "/wait",
    ]
    assert "place=Rue%20de%20l'%C3%89glise" in caller.requests[2].headers["Cookie"]


def test_nobody_comes(twilio: Exchange, url: str) -> None:
    twilio.far_end(ON_DUTY, Busy())
    caller = call(twilio, url).say("the pier").should_be_on_hold()
    caller.hang_up().should_request("/done", QueueResult="hangup").should_end("completed")


def test_an_error_of_a_handler(twilio: Exchange, url: str) -> None:
    problem = twilio.call(f"{url}/broken", public_url=PUBLIC).should_warn(11200).warnings[0].text
    assert problem.endswith('answered with status 500: {"name":"TypeError","message":"event.lock is undefined"}')
