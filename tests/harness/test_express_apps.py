"""Applications on Express with Twilio's Node library, in a process of their own."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import requests

from ivr.harness import Answers, Busy, Call, Exchange, Floor, NoAnswer, Voicemail
from ivr.harness.rest.server import rest_app
from ivr.harness.rest.service import Rest
from tests.harness.test_rest_http import served

NODE = shutil.which("node")
APPS = Path(__file__).parent / "apps" / "node"
INSTALLED = (APPS / "node_modules" / "express").is_dir()
FIRST, SECOND = "+14155550401", "+14155550402"
AGENT = "+14155550501"

pytestmark = pytest.mark.skipif(
    NODE is None or not INSTALLED,
    reason="needs node, and Express from npm: `npm install --prefix tests/harness/apps/node`",
)


@dataclass
class Door:
    """REST at one URL for all tests of this file, of whichever exchange is at work: so that node starts once an app."""

    app: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start_response)


@pytest.fixture(scope="module")
def door() -> Door:
    return Door()


@pytest.fixture(autouse=True)
def behind_the_door(door: Door, twilio: Exchange) -> None:
    door.app = rest_app(Rest(twilio))


@pytest.fixture(scope="module")
def start(door: Door) -> Iterator[Callable[[str], str]]:
    """Start an application, which signs in to REST; its URL."""
    account = Exchange()
    with ExitStack() as running:
        environment = {
            "TWILIO_ACCOUNT_SID": account.account_sid,
            "TWILIO_AUTH_TOKEN": account.auth_token,
            "TWILIO_API_BASE": running.enter_context(served(door)),
        }
        started: dict[str, str] = {}

        def start(script: str) -> str:
            if script not in started:
                command, env = [str(NODE), str(APPS / script)], {**os.environ, **environment}
                process = running.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env))
                running.callback(process.terminate)
                assert process.stdout is not None
                started[script] = f"http://127.0.0.1:{process.stdout.readline().strip()}"
            return started[script]

        yield start


class TestConference:
    """Sessions, signatures, a redirect, roles, and a guest unmuted over REST."""

    @pytest.fixture
    def url(self, start: Callable[[str], str]) -> str:
        return start("conference.js")

    def join(self, twilio: Exchange, url: str, pin: str) -> Call:
        return twilio.call(f"{url}/conference").should_hear("enter your PIN").press(pin)

    def test_guests_wait_for_the_moderator_and_are_heard_when_unmuted(self, twilio: Exchange, url: str) -> None:
        guest = self.join(twilio, url, "2222").should_hear("wait for the moderator. The moderator is not here yet")
        guest.should_be_on_hold()
        moderator = self.join(twilio, url, "1111").should_be_connected()
        guest.listen(1).should_be_connected()
        guest.say("can you hear me")
        assert moderator.heard[-1] == "You are the moderator."
        told = requests.get(f"{url}/moderate/unmute/{guest.sid}", timeout=5).json()
        assert (told["muted"], told["events"][-1]) == (False, "3 conference-start")
        guest.say("and now")
        moderator.should_hear("and now")
        moderator.press("*").should_hear("the moderator has left: answered").should_end()
        guest.listen().should_have_heard("the guest has left: answered").should_end()

    def test_a_session_counts_the_tries(self, twilio: Exchange, url: str) -> None:
        call = self.join(twilio, url, "9999").should_hear("wrong PIN, try 1. Please enter your PIN")
        call.press("9999").should_hear("try 2").press("9999").should_hear("too many tries").should_end()

    def test_a_wrong_token_is_refused(self, twilio: Exchange, url: str) -> None:
        twilio.call(f"{url}/conference", auth_token="another").should_warn(11200)


class TestForwarding:
    """Screening, two phones at once or one by one, a voicemail of its own, and every status of the legs."""

    @pytest.fixture
    def url(self, start: Callable[[str], str]) -> str:
        return start("forwarding.js")

    def test_whoever_presses_a_key_gets_the_call(self, twilio: Exchange, url: str) -> None:
        twilio.far_end(FIRST, Voicemail(after=2))
        twilio.far_end(SECOND, Answers(after=4, script="press 5; say hello; wait 4; hang up"))
        call = twilio.call(f"{url}/incoming").wait(20)
        first, second = call.dialled
        second.should_have_heard("press any key to accept").should_have_heard("connecting")
        assert (first.status, second.status) == ("completed", "completed")
        assert call.heard == ("hello",)
        call.should_request("/done", DialCallStatus="completed", DialCallSid=second.sid).should_end("completed")
        assert twilio.messages_left(FIRST) == ("any key to accept.",)  # what the machine heard of our question

    def test_a_machine_does_not_take_the_call(self, twilio: Exchange, url: str) -> None:
        twilio.far_end(FIRST, Voicemail(after=2))
        twilio.far_end(SECOND, NoAnswer())
        call = twilio.call(f"{url}/incoming", method="GET").should_hear("nobody can take your call").should_be_asked()
        call.say("call me back please").wait().should_hear("thank you for 2 seconds")
        told = requests.get(f"{url}/inbox", timeout=5).json()
        assert told["inbox"] == ["call me back please"]
        assert [status for to, status in told["progress"] if to == FIRST][-4:] == [
            "initiated",
            "ringing",
            "in-progress",
            "completed",
        ]

    def test_one_by_one(self, twilio: Exchange, url: str) -> None:
        twilio.far_end(FIRST, Busy())
        twilio.far_end(SECOND, Answers(script="press 1"))
        call = twilio.call(f"{url}/incoming?one=by-one")
        assert [leg.status for leg in call.dialled] == ["busy", "in-progress"]
        call.should_be_connected()


class TestCallCentre:
    """Speech, Enqueue, an agent called over REST from inside the webhook, and a live call changed over REST."""

    @pytest.fixture
    def url(self, start: Callable[[str], str]) -> str:
        return start("call_centre.js")

    def test_an_agent_is_called_and_takes_the_caller(self, twilio: Exchange, url: str) -> None:
        twilio.far_end(AGENT, Answers(after=6, script="say how can I help; wait 5; hang up"))
        call = twilio.call(f"{url}/voice").say("I would like support please").should_queue("support")
        call.should_be_on_hold().wait(6).should_hear("waited 0 seconds")
        call.wait(30).should_hear("how can I help. You were bridged").should_end("completed")
        agent = twilio.calls[1]
        assert (agent.to, agent.heard) == (AGENT, ("A caller is waiting.",))
        agent.should_record("how can I help")
        assert requests.get(f"{url}/recordings", timeout=5).json() == ["OutboundAPI"]

    def test_no_agent_is_free_and_the_live_call_is_changed(self, twilio: Exchange, url: str) -> None:
        twilio.far_end(AGENT, Busy())
        call = twilio.call(f"{url}/voice").press("1").wait(5)
        call.should_hear("no agent is free today").should_end("completed")
        call.should_request("/after", QueueResult="redirected")

    def test_it_does_not_understand(self, twilio: Exchange, url: str) -> None:
        call = twilio.call(f"{url}/voice").say("fish").should_hear("I do not know fish. Sales or support")
        assert call.floor is Floor.QUESTION
