"""Applications as tutorials have them, in Python: each in this process and by its URL, REST by the same door."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import time
from typing import TypeAlias
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import pytest
import requests
from flask import Flask
from twilio.rest import Client

from ivr.harness import Answers, Busy, Call, Exchange, FarEnd, Floor, NoAnswer, Voicemail
from tests.harness.apps import (
    after_hours_wsgi,
    call_centre_flask,
    call_tracking_flask,
    reminders_flask,
    tree_wsgi,
    warm_transfer_flask,
)
from tests.harness.rest_clients import client
from tests.harness.test_url import served

__all__ = ["client"]

LINE = "+12025550100"
Put: TypeAlias = Callable[[WSGIApplication, str], str]


@pytest.fixture
def put(twilio: Exchange, client: Client) -> Iterator[Put]:
    """Point the line at an application's page, by the same door as REST is reached; where the application is."""
    in_process = urlsplit(client.api.base_url).hostname == "api.twilio.com"
    with ExitStack() as servers:

        def put(app: WSGIApplication, page: str) -> str:
            origin = "http://localhost" if in_process else servers.enter_context(served(app))
            twilio.number(LINE, app if in_process else origin, url=page)
            return origin

        yield put


def post(origin: str, app: Flask, path: str, **form: str) -> dict[str, str]:
    """What an application's own users do: over HTTP, or with its test client."""
    if origin == "http://localhost":
        answered = app.test_client().post(path, data=form, base_url=origin)
        return answered.get_json(silent=True) or {}
    response = requests.post(f"{origin}{path}", data=form, timeout=5)
    return response.json() if response.content else {}


class TestCallCentre:
    """Queue, waiting document, Leave, Dial Queue, and members moved over REST."""

    @pytest.fixture
    def app(self, client: Client) -> Flask:
        return call_centre_flask.create_app(client)

    @pytest.fixture(autouse=True)
    def origin(self, put: Put, app: Flask) -> str:
        return put(app, "/voice")

    def agent(self, twilio: Exchange) -> Call:
        return twilio.call(LINE, from_="+14155550301")

    def test_callers_wait_and_the_agent_takes_the_first(self, twilio: Exchange) -> None:
        first, second = twilio.call(LINE), twilio.call(LINE, from_="+14155550201").wait(20)
        first.should_queue("support").should_have_heard("you are number 1")
        second.should_have_heard("you are number 2").should_be_on_hold()
        agent = self.agent(twilio)
        first.should_have_heard("an agent is here")
        assert (agent.floor, first.floor, second.floor) == (Floor.TALK, Floor.TALK, Floor.HOLD)
        second.wait(10).should_hear("you are number 1")
        first.say("my card is lost")
        agent.should_hear("my card is lost")
        first.hang_up()
        agent.listen(5)
        second.should_be_connected()  # the agent's document takes the next one
        agent.hang_up()
        second.listen(9).should_have_heard("goodbye").should_end("completed")

    def test_a_caller_leaves_to_be_called_back(self, twilio: Exchange, app: Flask) -> None:
        call = twilio.call(LINE).press("1")
        call.should_hear("we will call you back").should_end("completed")
        assert app.config["CALL_BACKS"] == [call.from_]
        call.should_request("/after-queue", QueueResult="leave")

    def test_an_agent_waits_for_whoever_comes(self, twilio: Exchange) -> None:
        agent = twilio.call(LINE, from_="+14155550301", listen_for=5)
        call = twilio.call(LINE, listen_for=8)
        call.should_be_connected()
        agent.should_be_connected()

    def test_nobody_comes(self, twilio: Exchange) -> None:
        self.agent(twilio).should_hear("nobody is waiting").should_end()

    def test_a_supervisor_takes_somebody_out(self, twilio: Exchange, app: Flask, origin: str) -> None:
        twilio.far_end("+14155550309", Answers(after=1, script="say how can I help"))
        call = twilio.call(LINE)
        post(origin, app, f"/supervisor/{call.sid}")
        call.listen(8).should_have_heard("a supervisor will talk to you").should_have_heard("how can I help")
        call.should_request("/moved", From=call.from_).should_request("/after-queue", QueueResult="redirected")


class TestWarmTransfer:
    """A conference whose participants are called, held and added over REST from inside the webhooks."""

    @pytest.fixture(autouse=True)
    def origin(self, put: Put, client: Client) -> str:
        return put(warm_transfer_flask.create_app(client), "/inbound")

    @pytest.fixture
    def talking(self, twilio: Exchange) -> tuple[Call, Call]:
        caller = twilio.call(LINE).should_hear("an agent will be with you").should_be_on_hold()
        caller.wait(5).should_be_connected()
        return caller, twilio.calls[1]

    def test_a_colleague_takes_over(self, twilio: Exchange, talking: tuple[Call, Call]) -> None:
        caller, agent = talking
        twilio.far_end(warm_transfer_flask.COLLEAGUE, Answers(after=2, script="say how can I help"))
        agent.press("*").should_hear("press 1 for a colleague")
        caller.should_be_on_hold().should_play("/music.mp3")
        agent.press("1").should_hear("thank you").should_end("completed")
        caller.listen(5).should_be_connected().should_have_heard("how can I help")
        colleague = twilio.calls[-1]
        caller.hang_up()
        colleague.listen(1).should_end("completed")  # the caller's leaving ends it for all

    def test_the_agent_goes_back(self, twilio: Exchange, talking: tuple[Call, Call]) -> None:
        caller, agent = talking
        agent.press("*").press("2").listen(1).should_be_connected()
        agent.say("I am back")
        caller.should_hear("I am back")


class TestReminders:
    """Calls placed over REST: machine detection, messages, and every status told."""

    @pytest.fixture
    def app(self, client: Client) -> Flask:
        return reminders_flask.create_app(client)

    @pytest.fixture(autouse=True)
    def origin(self, put: Put, app: Flask) -> str:
        return put(app, "/reminder")

    def remind(self, twilio: Exchange, app: Flask, origin: str, far_end: FarEnd) -> Call:
        twilio.far_end("+14155550210", far_end)
        sid = post(origin, app, "/remind", patient="+14155550210", when="Monday")["call"]
        return next(call for call in twilio.calls if call.sid == sid).listen()

    def test_somebody_confirms(self, twilio: Exchange, client: Client, app: Flask, origin: str) -> None:
        call = self.remind(twilio, app, origin, Answers(after=3))
        call.should_hear("you have an appointment on Monday").press("1").should_hear("see you then").should_end()
        assert [message.body for message in client.messages.list(to="+14155550210")] == ["See you on Monday."]
        assert app.config["STATUS"][call.sid] == ["initiated", "ringing", "in-progress", "completed"]

    def test_somebody_wants_to_talk(self, twilio: Exchange, app: Flask, origin: str) -> None:
        call = self.remind(twilio, app, origin, Answers(script="press 2"))
        call.listen(20).should_dial("+14155550310").should_be_connected()

    def test_the_machine_gets_all_of_it(self, twilio: Exchange, app: Flask, origin: str) -> None:
        call = self.remind(twilio, app, origin, Voicemail(after=12, greeting="You have reached Ann. Leave a message."))
        call.should_leave_message("this is a reminder of your appointment on Monday. Call us to change it")

    @pytest.mark.parametrize(("far_end", "status"), [(Busy(), "busy"), (NoAnswer(), "no-answer")])
    def test_nobody(self, twilio: Exchange, app: Flask, origin: str, far_end: FarEnd, status: str) -> None:
        call = self.remind(twilio, app, origin, far_end).should_end(status)
        assert app.config["STATUS"][call.sid] == ["initiated", "ringing", status]


class TestCallTracking:
    """Numbers bought over REST, a whisper, a recorded Dial, a fallback."""

    @pytest.fixture
    def app(self, client: Client) -> Flask:
        return call_tracking_flask.create_app(client)

    @pytest.fixture(autouse=True)
    def source(self, put: Put, app: Flask) -> None:
        origin = put(app, "/forward")
        post(origin, app, "/sources", number="+12025550131", name="the newspaper")

    def test_a_lead(self, twilio: Exchange, app: Flask) -> None:
        twilio.far_end(call_tracking_flask.SHOP, Answers(after=4, script="say hello; wait 10; hang up"))
        call = twilio.call("+12025550131", from_="+14155550211").wait(30)
        assert call.dialled[0].heard == ("A call from the newspaper.",)
        call.should_have_heard("hello").should_end("completed")
        (lead,) = app.config["LEADS"]
        assert (lead["from"], lead["source"]) == ("+14155550211", "the newspaper")
        assert int(lead["seconds"]) > 10
        assert "/Recordings/RE" in lead["recording"]

    def test_the_call_is_not_answered_before_the_shop_does(self, twilio: Exchange) -> None:
        twilio.far_end(call_tracking_flask.SHOP, NoAnswer())
        call = twilio.call("+12025550131").should_end()
        assert (call.seconds, call.dialled[0].status) == (0, "no-answer")

    def test_a_number_the_application_does_not_know(self, twilio: Exchange, client: Client) -> None:
        (number,) = client.incoming_phone_numbers.list(phone_number="+12025550131")
        client.incoming_phone_numbers.create(
            phone_number="+12025550132", voice_url=number.voice_url, voice_fallback_url=number.voice_fallback_url
        )
        twilio.call("+12025550132").should_hear("sorry, error 11200")


class TestAfterHours:
    """Relative URLs, an HTTP redirect that keeps the POST, Record with a transcription."""

    @pytest.fixture
    def hour(self) -> list[time]:
        return [time(20)]

    @pytest.fixture(autouse=True)
    def board(self, put: Put, hour: list[time]) -> after_hours_wsgi.Switchboard:
        board = after_hours_wsgi.Switchboard(now=lambda: hour[0])
        put(board, "/line/answer")
        return board

    def test_closed(self, twilio: Exchange, board: after_hours_wsgi.Switchboard) -> None:
        call = twilio.call(LINE).should_hear("leave a message").say("please call back").press("#")
        call.should_hear("you left 1 seconds").should_record("please call back").should_end()
        assert board.messages == ["please call back"]

    def test_nothing_is_said(self, twilio: Exchange) -> None:
        twilio.call(LINE).wait().should_hear("I heard nothing. Leave a message")

    def test_open(self, twilio: Exchange, hour: list[time]) -> None:
        hour[0] = time(10)
        twilio.call(LINE).should_dial(after_hours_wsgi.DESK).should_be_connected()
        twilio.far_end(after_hours_wsgi.DESK, NoAnswer())
        twilio.call(LINE).should_hear("the desk does not answer. Leave a message")


class TestTree:
    """All of it in the query of one script, by GET, by keys or by speech, with partial results."""

    @pytest.fixture(autouse=True)
    def origin(self, put: Put) -> str:
        tree_wsgi.PARTIAL.clear()
        return put(tree_wsgi.app, "/ivr.php")

    def test_by_speech(self, twilio: Exchange) -> None:
        call = twilio.call(LINE).say("planets").should_hear("which planet").say("Brodo Asogi")
        call.should_hear("we call you from brodo asogi").should_end("completed").should_not_warn()
        assert tree_wsgi.PARTIAL == ["planets", "Asogi"]

    def test_by_keys(self, twilio: Exchange) -> None:
        twilio.call(LINE).press("2").should_dial("+14155550340")

    def test_nonsense_and_silence(self, twilio: Exchange) -> None:
        twilio.call(LINE).wait().say("potato").should_hear("sorry? Say planets")
