"""Enqueue, Leave and Dial Queue: https://www.twilio.com/docs/voice/twiml/enqueue, /leave and /queue."""

import pytest

from ivr.harness import Call, Exchange, Floor
from ivr.harness.events import Played, Queued
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule

QUEUE = '<Enqueue waitUrl="/hold" action="/done">support</Enqueue>'
HOLD = "<Say>Please hold the line</Say>"
AGENT = '<Dial action="/dialled"><Queue>support</Queue></Dial>'


@pytest.fixture
def app(make_app: MakeApp) -> Documents:
    return make_app(QUEUE, hold=HOLD, agent=AGENT, done="<Say>Goodbye</Say>", dialled="<Hangup/>")


def waiting(twilio: Exchange, app: Documents) -> Call:
    return twilio.call(app, url="/voice").wait(1)


@proves("Enqueue", "waitUrl")
@rule("Enqueue", "the waiting document comes again", "voice/twiml/enqueue#waiturl")
def test_the_caller_is_on_hold_and_the_waiting_document_comes_again(twilio: Exchange, app: Documents) -> None:
    call = waiting(twilio, app).wait(5)
    assert call.floor is Floor.HOLD
    assert len(call.heard) > 2
    assert set(call.heard) == {"Please hold the line"}


@rule("Enqueue", "the waiting document is told of the queue", "voice/twiml/enqueue#waiturl")
def test_the_waiting_document_is_told_of_the_queue(twilio: Exchange, app: Documents) -> None:
    waiting(twilio, app)
    waiting(twilio, app)
    told = [params for _, path, params in app.asked if path == "/hold"]
    first = {"QueuePosition": "1", "CurrentQueueSize": "1", "QueueTime": "0", "MaxQueueSize": "1000"}
    assert told[0].items() >= first.items()
    assert told[0]["QueueSid"].startswith("QU")
    assert {params["QueuePosition"] for params in told} == {"1", "2"}


@rule("Enqueue", "where the waiting document leads is told of the queue too", "voice/twiml/enqueue#waiturl")
def test_where_the_waiting_document_leads_is_told_of_the_queue_too(twilio: Exchange, make_app: MakeApp) -> None:
    hold, place = '<Pause length="2"/><Redirect>/place</Redirect>', '<Gather numDigits="1" action="/choice"/>'
    app = make_app(QUEUE, hold=hold, place=place, choice='<Pause length="60"/>')
    waiting(twilio, app).wait(3).press("1")
    redirected, gathered = app.params("/place"), app.params("/choice")
    assert (redirected["QueueTime"], gathered["QueueTime"]) == ("2", "4")
    assert (gathered["Digits"], gathered["QueuePosition"], gathered["CurrentQueueSize"]) == ("1", "1", "1")
    assert redirected["QueueSid"] == gathered["QueueSid"] == app.params("/hold")["QueueSid"]
    assert "QueueResult" not in gathered
    assert gathered.keys() - redirected.keys() == {"Digits", "FinishedOnKey", "msg"}


@proves("Enqueue", "action")
@rule("Enqueue", "Dial Queue connects the head; both actions are told when that ends", "voice/twiml/queue")
def test_dial_queue_connects_the_head_and_both_actions_are_told(twilio: Exchange, app: Documents) -> None:
    first, second = waiting(twilio, app), waiting(twilio, app)
    agent = twilio.call(app, url="/agent")
    assert (first.floor, second.floor, agent.floor) == (Floor.TALK, Floor.HOLD, Floor.TALK)
    agent.say("how can I help")
    first.say("my card is lost")
    assert first.heard[-1] == "how can I help"
    assert agent.heard == ("my card is lost",)
    agent.hang_up()
    first.listen()
    done = app.params("/done")
    assert (done["QueueResult"], done["QueueTime"]) == ("bridged", "2")
    assert app.params("/dialled")["DialCallStatus"] == "completed"
    assert first.heard[-1] == "Goodbye"


@rule("Enqueue", "the queued caller hears the noun's url first", "voice/twiml/queue#url")
def test_the_queued_caller_hears_the_queue_url_first(twilio: Exchange, make_app: MakeApp) -> None:
    dial = '<Dial><Queue url="/first">support</Queue></Dial>'
    app = make_app(QUEUE, hold=HOLD, agent=dial, first="<Say>You will be connected</Say>", done="<Hangup/>")
    caller = waiting(twilio, app)
    agent = twilio.call(app, url="/agent")
    assert caller.heard[-1] == "You will be connected"
    assert caller.floor is Floor.TALK
    told = app.params("/first")
    assert (told["CallSid"], told["DequeingCallSid"], told["QueueTime"]) == (caller.sid, agent.sid, "1")
    assert told["QueueSid"] == app.params("/hold")["QueueSid"]


@rule("Enqueue", "an empty queue is waited for as long as the Dial timeout", "voice/twiml/queue")
def test_an_empty_queue_is_waited_for_as_long_as_the_dial_timeout(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Dial timeout="20"><Queue>support</Queue></Dial><Say>Nobody came</Say>')
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.seconds) == (("Nobody came",), 21)


def test_who_comes_while_an_agent_waits_is_connected(twilio: Exchange, app: Documents) -> None:
    agent = twilio.call(app, url="/agent", listen_for=3)
    caller = twilio.call(app, url="/voice", listen_for=1)
    assert (agent.floor, caller.floor) == (Floor.TALK, Floor.TALK)
    caller.hang_up()
    agent.listen()
    assert agent.ended


@proves("Enqueue", "method", "waitUrlMethod")
def test_the_waiting_document_and_the_action_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    voice = '<Enqueue waitUrl="/hold" waitUrlMethod="GET" action="/done" method="GET">q</Enqueue>'
    app = make_app(voice, hold="<Leave/>", done="<Hangup/>")
    twilio.call(app, url="/voice").listen()
    assert [(method, path) for method, path, _ in app.asked] == [("POST", "/voice"), ("GET", "/hold"), ("GET", "/done")]


def test_an_empty_wait_url_is_silence(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Enqueue waitUrl="">q</Enqueue>'), url="/voice").wait(60).should_be_on_hold()
    call.should_not_warn()
    assert not [event for event in call.transcript if isinstance(event, Played)]


@proves("Enqueue", "workflowSid")
def test_a_workflow_is_a_queue_of_its_own(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Enqueue workflowSid="WW01"/>', other="<Enqueue>q</Enqueue>")
    for url in ("/voice", "/voice", "/other"):
        twilio.call(app, url=url)
    waits = [event for call in twilio.calls for event in call.transcript if isinstance(event, Queued)]
    assert [(event.queue, event.position) for event in waits] == [("WW01", 1), ("WW01", 2), ("q", 1)]


@proves("Leave")
@rule("Enqueue", "Leave goes on after the Enqueue", "voice/twiml/leave")
def test_leave_goes_on_after_the_enqueue(twilio: Exchange, make_app: MakeApp) -> None:
    hold = '<Gather numDigits="1" action="/leave"><Say>Press one to leave</Say></Gather>'
    app = make_app(QUEUE, hold=hold, leave="<Leave/>", done="<Say>Goodbye</Say>")
    call = twilio.call(app, url="/voice", listen_for=1).press("1")
    assert app.params("/done")["QueueResult"] == "leave"
    assert call.listen().heard[-1] == "Goodbye"


def test_without_an_action_leave_is_the_next_verb(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Enqueue waitUrl="/hold">q</Enqueue><Say>Next</Say>', hold="<Leave/>")
    assert twilio.call(app, url="/voice").listen(1).heard == ("Next",)


@rule("Enqueue", "the action is told of a caller who hung up", "voice/twiml/enqueue#action")
def test_hanging_up_tells_the_action(twilio: Exchange, app: Documents) -> None:
    waiting(twilio, app).hang_up()
    assert app.params("/done")["QueueResult"] == "hangup"


@proves("Enqueue", "maxQueueSize")
@rule("Enqueue", "a full queue is queue-full", "voice/twiml/enqueue#action")
def test_a_full_queue(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Enqueue maxQueueSize="1" action="/done">q</Enqueue>', done="<Hangup/>")
    twilio.call(app, url="/voice")
    assert twilio.call(app, url="/voice").listen(1).ended
    assert app.params("/done")["QueueResult"] == "queue-full"


def test_without_a_wait_url_there_is_music(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Enqueue>q</Enqueue>"), url="/voice")
    assert Played(at=0.0, sound="hold music") in call.transcript


@rule("Enqueue", "a verb that may not wait is left out with a warning", "voice/twiml/enqueue#waiturl")
def test_a_verb_that_may_not_wait_is_left_out(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(QUEUE, hold="<Dial>+14155550101</Dial><Say>Still here</Say>")
    call = waiting(twilio, app)
    assert ([warning.code for warning in call.warnings][:1], call.heard[:1]) == ([12200], ("Still here",))
