"""Conference, rule by rule: https://www.twilio.com/docs/voice/twiml/conference."""

from ivr.harness import Call, Exchange, Floor
from ivr.harness.events import Played
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule

EVENTS = "start end join leave mute hold"


def room(attributes: str = "") -> str:
    return f'<Dial action="/done"><Conference {attributes}>Room</Conference></Dial>'


def join(twilio: Exchange, app: Documents) -> Call:
    return twilio.call(app, url="/voice")


@rule("Conference", "one waits, two talk; the waiting document is heard once", "voice/twiml/conference")
def test_one_waits_and_two_talk(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('waitUrl="/wait"'), wait="<Say>Nobody is here yet</Say>")
    first = join(twilio, app).wait(20)
    assert (first.floor, first.heard) == (Floor.HOLD, ("Nobody is here yet",))  # once, and then it is silent
    second = join(twilio, app)
    assert (first.floor, second.floor) == (Floor.TALK, Floor.TALK)
    second.say("hello")
    third = join(twilio, app)
    third.say("me too")
    assert (first.heard[1:], second.heard, third.heard) == (("hello", "me too"), ("me too",), ())


@proves("Conference", "startConferenceOnEnter")
@rule("Conference", "it starts with two, one of them with startConferenceOnEnter", "voice/twiml/conference")
def test_it_starts_only_with_one_who_starts_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('startConferenceOnEnter="false"'), host=room())
    first, second = join(twilio, app), join(twilio, app)
    assert (first.floor, second.floor) == (Floor.HOLD, Floor.HOLD)
    twilio.call(app, url="/host")
    assert (first.floor, second.floor) == (Floor.TALK, Floor.TALK)


@proves("Conference", "endConferenceOnExit")
@rule("Conference", "one with endConferenceOnExit ends it for all", "voice/twiml/conference")
def test_end_on_exit_ends_it_for_all(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room(), host=room('endConferenceOnExit="true"'), done="<Say>It is over</Say>")
    guest, host = join(twilio, app), twilio.call(app, url="/host")
    host.hang_up()
    assert guest.listen().heard == ("It is over",)
    assert {params["DialCallStatus"] for _, path, params in app.asked if path == "/done"} == {"answered"}


@proves("Conference", "muted")
def test_the_muted_are_not_heard(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room(), silent=room('muted="true"'))
    first, muted = join(twilio, app), twilio.call(app, url="/silent")
    muted.say("can you hear me")
    first.say("no")
    assert (first.heard, muted.heard) == ((), ("no",))


@proves("Conference", "coach")
def test_a_coach_is_heard_by_one_only(twilio: Exchange, make_app: MakeApp) -> None:
    sids: list[str] = []
    app = make_app(
        room(), coach=lambda params: f"<Response>{room(f'coach={chr(34)}{sids[0]}{chr(34)}')}</Response>"[10:-11]
    )
    agent, customer = join(twilio, app), join(twilio, app)
    sids.append(agent.sid)
    coach = twilio.call(app, url="/coach")
    coach.say("offer a refund")
    customer.say("what now")
    assert (agent.heard, customer.heard) == (("offer a refund", "what now"), ())
    assert coach.heard == ("what now",)


def test_the_star_leaves_with_hangup_on_star(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Dial hangupOnStar="true"><Conference>Room</Conference></Dial><Say>You left</Say>')
    first, second = join(twilio, app), join(twilio, app)
    assert second.press("*").listen().heard == ("You left",)
    assert first.floor is Floor.TALK


def test_the_others_hear_a_beep(twilio: Exchange, make_app: MakeApp) -> None:
    first = join(twilio, make_app(room()))
    join(twilio, make_app(room()))
    quiet = join(twilio, make_app(room('beep="false"')))
    assert [event for event in first.transcript if isinstance(event, Played) and event.sound == "beep"] != []
    assert not quiet.ended


@proves("Conference", "maxParticipants")
@rule("Conference", "a full conference takes no more", "voice/twiml/conference")
def test_a_full_conference(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room('maxParticipants="1"'), done="<Hangup/>")
    join(twilio, app)
    assert 13229 in [warning.code for warning in join(twilio, app).warnings]


def test_hold_and_mute_from_outside(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(room())
    first, second = join(twilio, app), join(twilio, app)
    (conference,) = twilio.conferences.by_sid.values()
    held = conference.participants[0]
    conference.hold(held, True)
    second.say("anybody")
    assert (first.floor, first.heard) == (Floor.HOLD, ())
    conference.hold(held, False)
    second.say("now")
    assert (first.floor, first.heard) == (Floor.TALK, ("now",))
    conference.end("conference-ended-via-api")
    assert (first.listen().ended, second.listen().ended) == (True, True)


@proves("Conference", "statusCallback", "statusCallbackEvent")
def test_the_callback_is_told_in_order(twilio: Exchange, make_app: MakeApp) -> None:
    callback = f'statusCallback="/told" statusCallbackEvent="{EVENTS}"'
    app = make_app(room(callback), told="", done="<Hangup/>")
    first, second = join(twilio, app), join(twilio, app)
    second.hang_up()
    first.hang_up()
    told = [params for _, path, params in app.asked if path == "/told"]
    assert [params["StatusCallbackEvent"] for params in told] == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert [params["SequenceNumber"] for params in told] == ["1", "2", "3", "4", "5", "6"]
    assert told[-1]["ReasonConferenceEnded"] == "last-participant-left"
