"""Attempts made by telephone, with a PIN: kept as those of the terminal are, and never at a caller's cost."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import responses
from sqlalchemy import Engine

from ivr.flow.centre import ContactCentre
from ivr.harness import Call, Exchange
from ivr.stores.callers import CallerKey
from ivr.stores.opening import open_ready
from ivr.stores.outbox import Outbox
from ivr.stores.personal import Erased, erase, export
from ivr.stores.teaching import Result, Teaching
from ivr.teaching.attempts import result_of
from ivr.teaching.record_store import RecordStore
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import Debrief
from ivr.training.scoring import load_card
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import LOBBY, PracticeLine
from webhooks import Settings, create_app
from webhooks.afterwards import Afterwards
from webhooks.store import kept_by

PIN = "471100"
METRICS_TOKEN = "a token of sixteen or more"
KEYED = "press *101#; press {pin}#; press 3; press 18005284800#; press 1; press *; press *; press *; wait; wait; wait"
GIVEN_UP = "press *201#; press {pin}#; press 3; hang up"


@pytest.fixture
def kept_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of a line that keeps its calls in a SQLite file."""
    return replace(
        settings, database=f"sqlite:///{tmp_path / 'calls.db'}", numbers={LOBBY: None}, metrics_token=METRICS_TOKEN
    )


@pytest.fixture
def database(kept_settings: Settings) -> Iterator[Engine]:
    """What that line keeps, as a program beside it sees it."""
    engine = open_ready(str(kept_settings.database))
    yield engine
    engine.dispose()


@pytest.fixture
def teaching(database: Engine, kept_settings: Settings) -> Teaching:
    """Nobody yet."""
    return Teaching(database, CallerKey(kept_settings.caller_secret))


@pytest.fixture
def served(exchange: Exchange, kept_settings: Settings, shipped: ContactCentre) -> Callable[[], PracticeLine]:
    """The shipped line on that store, in a new process each time, and the Twilio that calls it."""

    def clock() -> datetime:
        return exchange.began + timedelta(milliseconds=exchange.timeline.now)

    def made() -> PracticeLine:
        app = create_app(kept_settings, centre=shipped, clock=clock)
        return PracticeLine(exchange=exchange, app=app, store=kept_by(kept_settings).calls)

    return made


@pytest.fixture
def practice(served: Callable[[], PracticeLine]) -> PracticeLine:
    """One such process."""
    return served()


def rehearse(practice: PracticeLine, script: str) -> Call:
    """A call from the lobby, and what it leaves to do."""
    call = practice.call(LOBBY)
    call.follow(script.format(pin=PIN))
    if not call.ended:
        call.hang_up()
    afterwards = practice.app.extensions["afterwards"]
    assert isinstance(afterwards, Afterwards)
    afterwards.join()
    return call


def in_the_terminal(shipped: ContactCentre, practice: PracticeLine, call: Call) -> Result:
    """What the terminal's code makes of the same events."""
    events = practice.store.events(call.sid)
    return result_of(TrainingCoach(shipped, load_card()).talk_over(events), events, events[-1].at, call.sid)


@pytest.mark.parametrize("script", [KEYED, GIVEN_UP], ids=["to the representative", "given up"])
def test_an_attempt_is_kept_when_its_call_ends(
    practice: PracticeLine, teaching: Teaching, shipped: ContactCentre, script: str
) -> None:
    teaching.add("Ada", pin=PIN)
    call = rehearse(practice, script)

    (result,) = teaching.results("Ada")
    assert result == in_the_terminal(shipped, practice, call)
    assert (result.stage, result.call, teaching.unkept()) == ("test", call.sid, ())
    assert datetime.fromisoformat(result.at) > TUESDAY_MORNING
    assert PIN not in str(result)


def counted(practice: PracticeLine) -> list[str]:
    """What Prometheus reads of attempts."""
    answer = practice.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    return re.findall(r"^(ivr_attempts\S*_total.*)$", answer.text, re.MULTILINE)


def test_attempts_are_counted_by_scenario_and_what_they_came_to(
    practice: PracticeLine, teaching: Teaching, monkeypatch: pytest.MonkeyPatch
) -> None:
    teaching.add("Ada", pin=PIN)
    for script in (KEYED, GIVEN_UP, GIVEN_UP, "press *102#; press *; press 3; hang up"):
        rehearse(practice, script)
    kept = ['ivr_attempts_total{scenario="lost-card",verdict="missed"} 1.0']
    kept += ['ivr_attempts_total{scenario="dispute",verdict="missed"} 2.0']
    assert counted(practice) == [*kept, "ivr_attempts_not_kept_total 0.0"]
    monkeypatch.setattr(TrainingCoach, "talk_over", _fails)
    rehearse(practice, GIVEN_UP)
    assert counted(practice) == [*kept, "ivr_attempts_not_kept_total 1.0"]


def test_a_trainee_of_today_is_known_at_the_next_call(practice: PracticeLine, teaching: Teaching) -> None:
    teaching.add("Bob")
    asked_at_once = practice.call(LOBBY)
    asked_at_once.press("*101#")
    assert "To be tested, press 3" in asked_at_once.just_heard
    asked_at_once.hang_up()
    teaching.add("Ada", pin=PIN)
    call = practice.call(LOBBY)
    call.press("*101#")
    assert "PIN" in call.just_heard
    call.press(PIN + "#")
    assert "Ada" in call.just_heard


def test_anonymous_practice_leaves_nothing(practice: PracticeLine, teaching: Teaching) -> None:
    teaching.add("Ada", pin=PIN)
    rehearse(practice, "press *101#; press *; press 3; hang up")
    assert (teaching.results("Ada"), teaching.unkept()) == ((), ())


@pytest.mark.parametrize(
    "keys", [("*",), ("1#", "2#", "3#"), ("1#", "*")], ids=["none", "three wrong ones", "one wrong"]
)
def test_who_goes_on_without_a_pin_is_told_that_it_counts_for_nobody(
    practice: PracticeLine, teaching: Teaching, keys: tuple[str, ...]
) -> None:
    teaching.add("Ada", pin=PIN)
    call = practice.call(LOBBY)
    call.press("*101#")
    for each in keys:
        assert "nobody's" not in call.just_heard
        call.press(each)
    assert "Without a PIN, this attempt is nobody's" in call.just_heard
    assert ("isn't known" in call.just_heard) == keys[-1].startswith("3")
    assert "press 1" in call.just_heard
    call.hang_up()


def _fails(*_: object) -> Debrief:
    raise KeyError("378282246310005")


def test_what_cannot_be_kept_harms_no_call(
    practice: PracticeLine, teaching: Teaching, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    teaching.add("Ada", pin=PIN)
    monkeypatch.setattr(TrainingCoach, "talk_over", _fails)
    calls = [rehearse(practice, GIVEN_UP) for _ in range(2)]

    assert [call.warnings for call in calls] == [(), ()]
    assert (teaching.results("Ada"), teaching.unkept()) == ((), tuple(call.sid for call in calls))
    assert [call.sid in caplog.text for call in calls] == [True, True]
    assert caplog.text.count("an attempt was not kept") == 2
    assert "378282246310005" not in caplog.text


@pytest.mark.parametrize("restarted", [False, True])
def test_what_was_not_kept_is_kept_with_the_next_attempt(
    served: Callable[[], PracticeLine],
    practice: PracticeLine,
    teaching: Teaching,
    monkeypatch: pytest.MonkeyPatch,
    restarted: bool,
) -> None:
    teaching.add("Ada", pin=PIN)
    with monkeypatch.context() as broken:
        broken.setattr(TrainingCoach, "talk_over", _fails)
        first = rehearse(practice, GIVEN_UP)
    second = rehearse(served() if restarted else practice, GIVEN_UP)

    assert [each.call for each in teaching.results("Ada")] == [first.sid, second.sid]


@pytest.mark.parametrize("away", [False, True])
def test_a_learning_record_store_is_told_and_no_call_waits_for_it(
    kept_settings: Settings,
    exchange: Exchange,
    shipped: ContactCentre,
    teaching: Teaching,
    database: Engine,
    caplog: pytest.LogCaptureFixture,
    away: bool,
) -> None:
    """While the store is asked, the call is over: its last document went out before."""
    lrs = RecordStore(url="https://lrs.example.com/xapi", key="key", secret="not to be told")
    teaching.add("Ada", pin=PIN)
    with responses.RequestsMock() as store:
        store.post("https://lrs.example.com/xapi/statements", status=503 if away else 200, json=[])
        app = create_app(replace(kept_settings, lrs=lrs), centre=shipped, clock=lambda: TUESDAY_MORNING)
        practice = PracticeLine(exchange=exchange, app=app, store=kept_by(kept_settings).calls)
        call = rehearse(practice, GIVEN_UP)
        (sent,) = json.loads(store.calls[0].request.body or b"")

    assert (call.warnings, sent["actor"]["account"]["name"]) == ((), "Ada")
    assert sent["object"]["id"] == "https://ivr.example.com/xapi/scenarios/dispute"
    assert Outbox(database).waiting() == int(away)
    assert ("attempts were not told" in caplog.text) == away
    assert "not to be told" not in caplog.text


def test_who_is_erased_in_the_middle_of_a_call_loses_the_call_and_leaves_nothing(
    practice: PracticeLine, teaching: Teaching, database: Engine
) -> None:
    teaching.add("Ada", pin=PIN)
    call = practice.call(LOBBY)
    call.follow(f"press *201#; press {PIN}#; press 3")
    assert erase(database, "Ada") == Erased(results=0, calls=1, told=0)
    call.press("*#")
    assert not call.ended
    call.hang_up()
    practice.app.extensions["afterwards"].join()

    assert call.warnings == ()
    assert (export(database, "Ada"), teaching.unkept()) == (None, ())
    assert "Ada" not in str([practice.store.find(call.sid), practice.store.events(call.sid)])
