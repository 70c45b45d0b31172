"""Queues and conferences over REST, with callers whom TwiML brought there."""

from collections.abc import Sequence

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.harness import Answers, Call, Exchange, Floor
from ivr.harness.events import Played
from tests.harness.documents import Answer, Documents, MakeApp
from tests.harness.rest_clients import client

__all__ = ["client"]

AGENT = "+14155550101"
LINE = "+12025550100"
QUEUE = '<Enqueue waitUrl="/hold" action="/done">support</Enqueue>'
ROOM = '<Dial action="/left"><Conference statusCallback="/told" statusCallbackEvent="{}">Room</Conference></Dial>'


@pytest.fixture
def app(twilio: Exchange, make_app: MakeApp) -> Documents:
    app = make_app(
        QUEUE,
        hold="<Say>Please hold</Say>",
        done=lambda params: f"<Say>{params['QueueResult']}</Say>",
        taken="<Say>It is your turn</Say><Gather/>",
        room=ROOM.format("start end join leave mute hold"),
        left="<Say>You have left</Say><Gather/>",
        told="",
        news="<Say>We close at five</Say>",
        music="<Play>song.mp3</Play>",
    )
    app.pages = {**app.pages, "/song.mp3": Answer(body=b"ID3")}
    twilio.number(LINE, app, url="/voice")
    return app


def waiting(twilio: Exchange, number: int) -> list[Call]:
    return [twilio.call(LINE, from_=f"+1415555020{each}") for each in range(number)]


def test_a_queue_that_callers_made(twilio: Exchange, client: Client, app: Documents) -> None:
    first, second = waiting(twilio, 2)
    second.wait(30)
    (queue,) = client.queues.list()
    assert (queue.friendly_name, queue.current_size) == ("support", 2)
    members = client.queues(str(queue.sid)).members.list()
    assert [(member.call_sid, member.position) for member in members] == [(first.sid, 1), (second.sid, 2)]
    assert members[0].wait_time in (30, 31)
    assert client.queues(str(queue.sid)).members(second.sid).fetch().position == 2


def test_a_member_is_taken_out_with_a_url(twilio: Exchange, client: Client, app: Documents) -> None:
    first, second = waiting(twilio, 2)
    sid = str(client.queues.list()[0].sid)
    client.queues(sid).members("Front").update(url="http://localhost/taken")
    assert first.listen(2).heard[-1] == "It is your turn"
    assert second.floor is Floor.HOLD
    assert client.queues(sid).members("Front").fetch().call_sid == second.sid
    done = app.params("/done")
    assert (done["QueueResult"], done["CallSid"]) == ("redirected", first.sid)
    with pytest.raises(TwilioRestException) as refused:
        client.queues(sid).members(first.sid).fetch()
    assert refused.value.status == 404


def test_an_agent_is_called_over_rest_and_dials_the_queue(twilio: Exchange, client: Client, app: Documents) -> None:
    (caller,) = waiting(twilio, 1)
    twilio.far_end(AGENT, Answers(after=3, script="say how can I help; wait 5; hang up"))
    client.calls.create(to=AGENT, from_=LINE, twiml="<Response><Dial><Queue>support</Queue></Dial></Response>")
    caller.listen(15)
    assert caller.heard[-2:] == ("how can I help", "bridged")
    assert client.queues.list()[0].current_size == 0


def test_a_queue_has_a_name_a_size_and_an_end(twilio: Exchange, client: Client, app: Documents) -> None:
    queue = client.queues.create(friendly_name="support", max_size=1)
    with pytest.raises(TwilioRestException) as refused:
        client.queues.create(friendly_name="support")
    assert refused.value.code == 22003
    first, second = waiting(twilio, 2)
    second.should_end()  # the queue is full
    with pytest.raises(TwilioRestException) as refused:
        queue.delete()
    assert refused.value.status == 400
    first.hang_up()
    assert queue.update(friendly_name="sales").friendly_name == "sales"
    assert queue.delete()
    assert client.queues.list() == []


@pytest.fixture
def talking(twilio: Exchange, app: Documents) -> Sequence[Call]:
    return [twilio.call(app, url="/room", from_=f"+1415555020{each}") for each in range(2)]


def conference_of(client: Client) -> str:
    (found,) = client.conferences.list(friendly_name="Room", status="in-progress")
    return str(found.sid)


def test_mute_and_unmute(twilio: Exchange, client: Client, talking: Sequence[Call], app: Documents) -> None:
    first, second = talking
    participant = client.conferences(conference_of(client)).participants(first.sid)
    assert participant.update(muted=True).muted
    first.say("can you hear me")
    assert second.heard == ()
    participant.update(muted=False)
    first.say("and now")
    assert second.heard == ("and now",)
    told = [params["StatusCallbackEvent"] for _, path, params in app.asked if path == "/told"]
    assert told[-2:] == ["participant-mute", "participant-unmute"]


def test_hold_with_music_of_ones_own(twilio: Exchange, client: Client, talking: Sequence[Call]) -> None:
    first, second = talking
    participant = client.conferences(conference_of(client)).participants(first.sid)
    assert participant.update(hold=True, hold_url="http://localhost/music").hold
    first.listen(1).should_be_on_hold().should_play("song.mp3")
    second.say("nobody hears this")
    assert [each.call_sid for each in client.conferences(conference_of(client)).participants.list(hold=True)] == [
        first.sid
    ]
    participant.update(hold=False)
    second.listen(1).say("and this they do")
    assert first.heard == ("and this they do",)


def test_a_supervisor_is_called_in_and_coaches(twilio: Exchange, client: Client, talking: Sequence[Call]) -> None:
    agent, customer = talking
    twilio.far_end(AGENT, Answers(after=1))
    sid = conference_of(client)
    added = client.conferences(sid).participants.create(
        from_=LINE, to=AGENT, label="supervisor", coaching=True, call_sid_to_coach=agent.sid
    )
    customer.listen(2)
    supervisor = next(call for call in twilio.calls if call.sid == added.call_sid)
    supervisor.say("offer a refund")
    assert (agent.heard, customer.heard) == (("offer a refund",), ())
    assert client.conferences(sid).participants("supervisor").fetch().coaching
    client.conferences(sid).participants("supervisor").update(coaching=False)
    supervisor.say("hello everybody")
    assert customer.heard == ("hello everybody",)


def test_somebody_is_sent_out_and_their_document_goes_on(
    twilio: Exchange, client: Client, talking: Sequence[Call]
) -> None:
    first, second = talking
    assert client.conferences(conference_of(client)).participants(second.sid).delete()
    assert second.listen(1).heard == ("You have left",)
    assert first.floor is Floor.TALK


def test_it_is_ended_for_all(twilio: Exchange, client: Client, talking: Sequence[Call]) -> None:
    sid = conference_of(client)
    client.conferences(sid).update(status="completed")
    assert [call.listen(1).heard for call in talking] == [("You have left",)] * 2
    ended = client.conferences(sid).fetch()
    assert (ended.status, ended.reason_conference_ended) == ("completed", "conference-ended-via-api")
    assert client.conferences.list(status="completed")[0].sid == sid


def test_announcements_to_one_and_to_all(twilio: Exchange, client: Client, talking: Sequence[Call]) -> None:
    first, second = talking
    sid = conference_of(client)
    client.conferences(sid).participants(first.sid).update(announce_url="http://localhost/news")
    first.listen(5)
    client.conferences(sid).update(announce_url="http://localhost/music", announce_method="GET")
    second.listen(5)
    assert (first.heard, second.heard) == (("We close at five",), ())
    assert [any(isinstance(event, Played) for event in call.transcript) for call in talking] == [True, True]


def test_a_participant_of_a_conference_that_is_not_there(client: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.conferences("CF" + "0" * 32).participants("CA" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_somebody_leaves_and_it_ends(twilio: Exchange, client: Client, talking: Sequence[Call]) -> None:
    first, second = talking
    sid = conference_of(client)
    client.conferences(sid).participants(first.sid).update(end_conference_on_exit=True)
    first.hang_up()
    second.listen(1)
    assert client.conferences(sid).fetch().call_sid_ending_conference == first.sid
