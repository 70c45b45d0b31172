"""Who calls too often hears so; who is refused too often is not listened to any more, unless Twilio signed it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.flow.centre import ContactCentre
from ivr.stores.memory import MemoryCalls
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import Sender
from webhooks import create_app
from webhooks.rates import Rate, Rates
from webhooks.settings import Limits
from webhooks.throttling import MOST_COUNTED, Throttle

INCOMING = "/voice/incoming"
TOO_OFTEN = "many calls from you just now"
TWICE = Rate(times=2, seconds=60)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = TUESDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limited(sender: Sender, small: ContactCentre, clock: Clock) -> Callable[..., MemoryCalls]:
    """`limited(calls_per_caller=..., proxies=1)` makes the line that `sender` calls, and gives what it remembers."""

    def made(*, proxies: int = 0, **rates: Rate | None) -> MemoryCalls:
        store = MemoryCalls()
        limits = Limits(turns=10, rates=replace(Rates(), **rates))
        settings = replace(sender.settings, limits=limits, trusted_proxies=proxies)
        sender.app = create_app(settings, centre=small, store=store, clock=clock)
        return store

    return made


def calls(sender: Sender, number: int, **fields: str) -> str:
    sender.call_sid = f"CA{number:032x}"
    answer = sender.post(INCOMING, **fields)
    assert answer.status_code == 200
    return answer.text


def test_a_caller_who_calls_too_often_hears_so(
    sender: Sender, limited: Callable[..., MemoryCalls], clock: Clock
) -> None:
    store = limited(calls_per_caller=TWICE)
    assert "<Gather" in calls(sender, 1)
    assert "<Gather" in calls(sender, 2)
    heard = calls(sender, 3)
    assert TOO_OFTEN in heard
    assert heard.endswith("<Hangup /></Response>")
    assert len(store) == 2
    assert "<Gather" in calls(sender, 4, From="+12125550102")
    clock.turn(60)
    assert "<Gather" in calls(sender, 5)


def test_a_call_that_begins_again_is_no_new_one(sender: Sender, limited: Callable[..., MemoryCalls]) -> None:
    limited(calls_per_caller=TWICE)
    for _ in range(4):
        assert TOO_OFTEN not in sender.post(f"{INCOMING}?apologies=1").text


def test_calls_go_on_however_many_there_were(sender: Sender, limited: Callable[..., MemoryCalls]) -> None:
    limited(calls_per_caller=TWICE)
    for number in (1, 2, 3):
        calls(sender, number)
    sender.call_sid = f"CA{1:032x}"
    assert "<Gather" in sender.post("/voice/turn/0", Digits="3").text


def test_an_address_is_counted_where_that_is_wanted(sender: Sender, limited: Callable[..., MemoryCalls]) -> None:
    limited(calls_per_address=TWICE)
    heard = [calls(sender, number, From=f"+1212555010{number}") for number in (1, 2, 3)]
    assert [TOO_OFTEN in each for each in heard] == [False, False, True]


def test_a_forger_is_told_why_until_it_is_too_often(
    sender: Sender, limited: Callable[..., MemoryCalls], caplog: pytest.LogCaptureFixture, clock: Clock
) -> None:
    limited(refusals_per_address=TWICE)
    with caplog.at_level(logging.DEBUG):
        statuses = [sender.forge(INCOMING, sender.fields(), "forged").status_code for _ in range(5)]
    assert statuses == [403, 403, 429, 429, 429]
    assert len([record for record in caplog.records if record.name == "webhooks.app"]) == 2
    assert "<Gather" in sender.post(INCOMING).text  # from the same address
    clock.turn(60)
    assert sender.forge(INCOMING, sender.fields(), "forged").status_code == 403


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted_apart"),
    [
        pytest.param(0, ("192.0.2.1", "192.0.2.2", "192.0.2.3"), False, id="nobody is believed"),
        pytest.param(1, ("192.0.2.1", "192.0.2.2", "192.0.2.3"), True, id="our proxy is"),
        pytest.param(1, ("1.1.1.1, 192.0.2.9", "2.2.2.2, 192.0.2.9", "192.0.2.9"), False, id="not what it was told"),
        pytest.param(2, ("192.0.2.1, 10.0.0.1", "192.0.2.2, 10.0.0.1", "192.0.2.3, 10.0.0.1"), True, id="two proxies"),
    ],
)
def test_an_address_is_what_our_own_proxies_say(
    sender: Sender,
    limited: Callable[..., MemoryCalls],
    proxies: int,
    forwarded: tuple[str, ...],
    counted_apart: bool,
) -> None:
    limited(proxies=proxies, refusals_per_address=TWICE)
    client = sender.app.test_client()
    statuses = [
        client.post(INCOMING, data=sender.fields(), headers={"X-Forwarded-For": each}).status_code for each in forwarded
    ]
    assert statuses == [403, 403, 403 if counted_apart else 429]


def test_a_call_that_does_not_stop_is_ended(sender: Sender, limited: Callable[..., MemoryCalls]) -> None:
    limited()
    sender.post(INCOMING)
    for turn in range(10):
        assert "<Gather" in sender.post(f"/voice/turn/{turn}", Digits="*").text
    last = sender.post("/voice/turn/10", Digits="*").text
    assert "gone on for very long" in last
    assert last.endswith("<Hangup /></Response>")
    assert "<Hangup" in sender.post("/voice/turn/10", CallStatus="completed").text


def test_no_more_are_counted_than_there_is_room_for(clock: Clock) -> None:
    throttle = Throttle(Rates(calls_per_caller=Rate(times=1, seconds=60)), clock)
    assert throttle.call("the first", "") is None
    for number in range(MOST_COUNTED - 1):
        throttle.call(str(number), "")
    assert throttle.call("the first", "") == "caller"
    for number in range(MOST_COUNTED):
        throttle.call(f"more {number}", "")
    assert throttle.call("the first", "") is None


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("30 per minute", Rate(times=30, seconds=60)),
        ("1/second", Rate(times=1, seconds=1)),
        (" 5 PER Day ", Rate(times=5, seconds=86_400)),
    ],
)
def test_rates_are_read(text: str, rate: Rate) -> None:
    assert Rate.read(text) == rate


@pytest.mark.parametrize("text", ["", "30", "0 per minute", "-1 per hour", "3 per 2 minutes", "many"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        Rate.read(text)
