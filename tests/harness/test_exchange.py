"""Many calls in one time, the same every time."""

import pytest

from ivr.errors import ScriptError
from ivr.harness import Busy, Call, Exchange
from ivr.harness.events import Event, Heard, Pressed
from tests.harness.documents import MakeApp

MENU = '<Gather numDigits="1" action="/next"><Say>Press one</Say></Gather><Say>Goodbye</Say>'


def test_calls_share_their_time(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(MENU, next="<Say>Thanks</Say>")
    first = twilio.call(app, url="/voice")
    second = twilio.call(app, url="/voice", listen_for=0)
    second.listen(20)
    assert (first.ended, second.ended) == (True, True)
    assert first.heard == ("Press one", "Goodbye")


def test_the_same_acts_give_the_same_transcript(make_app: MakeApp) -> None:
    def played() -> tuple[Event, ...]:
        app = make_app(MENU, next="<Say>Thanks</Say><Record/>")
        return Exchange(seed=7).call(app, url="/voice").follow("press 1; say hello; wait; hang up").transcript

    assert repr(played()) == repr(played())


def test_a_script_ends_with_the_call(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(MENU, next="<Hangup/>"), url="/voice")
    assert call.follow("press 1; press 2; say never").ended
    assert "never" not in repr(call.transcript)


def test_a_wait_of_seconds_lets_the_next_step_break_in(twilio: Exchange, make_app: MakeApp) -> None:
    voice = '<Pause length="1"/>' + MENU
    call = twilio.call(make_app(voice, next="<Hangup/>"), url="/voice", listen_for=0)
    assert call.wait(1.4).press("1").heard == ("Press",)


def test_a_wait_of_seconds_is_as_long_whatever_happens_meanwhile(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Dial>+14155550101</Dial>"), url="/voice", listen_for=0)
    call.wait(30).should_be_connected()
    assert twilio.timeline.now == 30_000


@pytest.mark.parametrize("keys", ["", "1;2", "x"])
def test_keys_that_no_phone_has(twilio: Exchange, make_app: MakeApp, keys: str) -> None:
    call = twilio.call(make_app(MENU), url="/voice")
    with pytest.raises(ScriptError, match="keys are 0-9"):
        call.press(keys)


def test_real_time_sleeps_as_long_as_the_call_takes(make_app: MakeApp) -> None:
    slept: list[float] = []
    Exchange(pace=slept.append).call(make_app('<Pause length="2"/><Pause length="3"/>'), url="/voice")
    assert sum(slept) == pytest.approx(5)


def test_in_real_time_others_act_as_soon_as_they_do(make_app: MakeApp) -> None:
    """As a REST request does, which comes from another thread while the call's own sleeps."""

    def pace(seconds: float) -> None:
        if twilio.timeline.now == 2000:
            twilio.timeline.soon(twilio.calls[0].hang_up)

    twilio = Exchange(pace=pace)
    call = twilio.call(make_app('<Pause length="60"/>'), url="/voice")
    assert (call.ended, call.transcript[-1].at) == (True, 2.05)


def test_the_exchange_can_be_used_from_inside_a_webhook(twilio: Exchange, make_app: MakeApp) -> None:
    def voice(params: object) -> str:
        twilio.far_end("+14155550101", Busy())
        return "<Dial>+14155550101</Dial><Say>Busy</Say>"

    assert twilio.call(make_app(voice), url="/voice").heard == ("Busy",)


def test_a_script_and_acts_one_by_one_are_the_same_call(make_app: MakeApp) -> None:
    again = '<Gather numDigits="1" action="/next"><Pause length="2"/><Say>Press one</Say></Gather>'

    def placed() -> Call:
        return Exchange().call(make_app('<Gather timeout="1"/>' + again, next="<Hangup/>"), url="/voice")

    # The key comes at the very moment at which the prompt begins: after it, as everything due then comes first.
    acted = placed().wait(3).press("1").transcript
    assert repr(placed().follow("wait 3; press 1").transcript) == repr(acted)
    assert [type(event).__name__ for event in acted if isinstance(event, Heard | Pressed)] == ["Heard", "Pressed"]
