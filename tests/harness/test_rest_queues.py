"""Queues and conferences over REST. The callers are put in by hand: how they come there is Enqueue's and Dial's."""

from collections.abc import Callable, Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.harness import Exchange
from ivr.harness.conferences import Conference, Participant
from ivr.harness.leg import Leg
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import MakeApp

GATHER = "<Gather timeout='600'/>"


@pytest.fixture
def client(twilio: Exchange) -> Iterator[Client]:
    with rest_in_process(twilio):
        yield Client(twilio.account_sid, twilio.auth_token)


@pytest.fixture
def leg(twilio: Exchange, make_app: MakeApp) -> Callable[[], Leg]:
    def make() -> Leg:
        return twilio.legs[twilio.call(make_app(GATHER, next="<Say>Your turn</Say>"), url="/voice").sid]

    return make


def test_a_queue_and_its_members(twilio: Exchange, client: Client, leg: Callable[[], Leg]) -> None:
    queue = client.queues.create(friendly_name="support", max_size=5)
    waiting = [leg(), leg()]
    for each in waiting:
        twilio.queues.named("support").join(each, twilio.timeline.now)
    twilio.timeline.run_until(twilio.timeline.now + 30_000)
    members = client.queues(str(queue.sid)).members.list()
    assert [(member.call_sid, member.position, member.wait_time) for member in members] == [
        (waiting[0].sid, 1, 30),
        (waiting[1].sid, 2, 30),
    ]
    assert client.queues(str(queue.sid)).fetch().current_size == 2
    client.queues(str(queue.sid)).members("Front").update(url="http://localhost/next")
    twilio.timeline.run_until(twilio.timeline.now + 1000)
    assert "Your turn" in str(waiting[0].transcript)


def test_a_name_is_taken_once(client: Client) -> None:
    client.queues.create(friendly_name="support")
    with pytest.raises(TwilioRestException) as refused:
        client.queues.create(friendly_name="support")
    assert refused.value.code == 22003


def test_a_conference_and_its_participants(twilio: Exchange, client: Client, leg: Callable[[], Leg]) -> None:
    told: list[str] = []

    def tell(conference: Conference[Leg], event: str, about: Participant[Leg] | None) -> None:
        told.append(event)

    conference = twilio.conferences.named("room", now=0, tell=tell)
    for each in (leg(), leg()):
        conference.join(Participant(leg=each, sid=each.sid, disturb=lambda: None))
    (found,) = client.conferences.list(friendly_name="room", status="in-progress")
    first, second = client.conferences(str(found.sid)).participants.list()
    assert first.update(muted=True).muted
    assert second.update(hold=True).hold
    assert second.update(coaching=True, call_sid_to_coach=first.call_sid).call_sid_to_coach == first.call_sid
    assert second.delete()
    client.conferences(str(found.sid)).update(status="completed")
    ended = client.conferences(str(found.sid)).fetch()
    assert (ended.status, ended.reason_conference_ended) == ("completed", "conference-ended-via-api")
    assert told[-3:] == ["participant-mute", "participant-hold", "conference-end"]
