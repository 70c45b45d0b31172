"""A line on Werkzeug: places of callers, redirects, two calls in turn, and a desk that REST calls into a conference."""

import pytest
from twilio.rest import Client

from ivr.harness import Answers, Exchange
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.apps.constituents_werkzeug import DESK, OFFICES, Constituents

ADDRESS = "https://constituents.example.com"


@pytest.fixture
def app(twilio: Exchange) -> Constituents:
    app = Constituents(Client(twilio.account_sid, twilio.auth_token), ADDRESS)
    twilio.serve(app, ADDRESS)
    return app


@pytest.mark.parametrize("given", ["FromState", "CallerState"])
def test_one_office_after_the_other(twilio: Exchange, app: Constituents, given: str) -> None:
    first, second = OFFICES["NY"]
    twilio.far_end(second, Answers(script="say this is the second office; hang up"))
    call = twilio.call(app, url="/welcome", params={given: "NY"}).press("1")
    assert call.dialled[0].to == first
    call.press("*").listen(10)
    assert [child.to for child in call.dialled] == [first, second]
    assert call.ended
    assert call.heard[-2:] == ("this is the second office", "Thank you for calling.")


def test_the_desk_joins_and_the_conference_is_recorded(twilio: Exchange, app: Constituents) -> None:
    twilio.far_end(DESK, Answers(after=4, script="say this is the desk; wait 5; hang up"))
    with rest_in_process(twilio):
        call = twilio.call(app, url="/welcome", params={"FromState": "NY"}).press("2").listen(30)
    assert call.heard[-1] == "this is the desk"
    assert call.ended  # with the desk, which had endConferenceOnExit
    (told,) = app.recorded
    (conference,) = twilio.conferences.by_sid.values()
    assert (told["ConferenceSid"], told["RecordingSource"]) == (conference.sid, "Conference")
    assert twilio.recordings[told["RecordingSid"]].conference_sid == conference.sid
