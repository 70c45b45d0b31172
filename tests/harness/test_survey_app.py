"""A survey on the standard library alone, over a real socket."""

from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest

from ivr.harness import Exchange
from tests.harness.apps.survey_stdlib import Survey


@pytest.fixture
def survey() -> Iterator[tuple[str, type[Survey]]]:
    class Fresh(Survey):
        answers: list[str] = []
        partial: list[str] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fresh)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", Fresh
    server.shutdown()
    server.server_close()
    thread.join()


def test_answers_by_voice_and_key_and_a_branch_that_is_broken(
    twilio: Exchange, survey: tuple[str, type[Survey]]
) -> None:
    url, app = survey
    call = twilio.call(f"{url}/survey", fallback_url="/sorry")
    call.say("great").should_hear("you said great").should_hear("what can we do better")
    call.press("3").should_hear("thank you").should_hear("sorry, 11200").should_end("completed")
    assert (app.answers, app.partial) == (["great", "3"], ["great"])


def test_silence_goes_on_to_the_next_question(twilio: Exchange, survey: tuple[str, type[Survey]]) -> None:
    url, app = survey
    call = twilio.call(f"{url}/survey", fallback_url="/sorry").wait().wait()
    call.should_hear("thank you").should_end("completed")
    assert app.answers == []
