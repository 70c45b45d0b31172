"""Every scenario, played by callers of every temper: each call ends, and the prepared one settles the matter."""

from collections import Counter

import pytest

from ivr.call.events import ConversationEnded, Ended, Event, FollowUpTaken, NoteTaken, Resolved, SecretGiven
from ivr.training.callers import By, Temper
from tests.centre import shipped_board
from tests.training.rehearsing import in_session, setting_out

BOARD = shipped_board()
SCENARIOS = list(BOARD.centre.scenarios)


def played(name: str, temper: Temper, by: By = "speech") -> list[Event]:
    return in_session(BOARD, setting_out(BOARD, name, temper, by), temper)


def kinds(events: list[Event]) -> Counter[str]:
    return Counter(event.kind for event in events)


@pytest.mark.parametrize("by", ["speech", "keys"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_who_is_prepared_settles_the_matter_and_takes_every_note(name: str, by: str) -> None:
    events = played(name, Temper.PREPARED, "keys" if by == "keys" else "speech")

    assert [event.complete for event in events if isinstance(event, Resolved)][-1:] == [True]
    assert [event.how for event in events if isinstance(event, ConversationEnded)] == ["closed"]
    notes = [event for event in events if isinstance(event, NoteTaken)]
    assert {event.note for event in notes if event.right} == set(BOARD.centre.scenarios[name].notes)
    taken = {event.follow_up for event in events if isinstance(event, FollowUpTaken)}
    assert taken == set(BOARD.centre.scenarios[name].follow_ups)
    assert not any(isinstance(event, SecretGiven) for event in events)


@pytest.mark.parametrize("temper", [temper for temper in Temper if temper is not Temper.PREPARED])
@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_the_temper_the_call_ends_of_itself(name: str, temper: Temper) -> None:
    (ended,) = [event for event in played(name, temper) if isinstance(event, Ended)]

    assert ended.outcome in ("connected", "callback", "message")


@pytest.mark.parametrize("name", ["dispute", "roadside", "letter-complaint"])
def test_a_temper_plays_the_same_call_again(name: str) -> None:
    for temper in Temper:
        assert played(name, temper) == played(name, temper)


def test_who_is_silent_says_nothing_and_settles_nothing() -> None:
    happened = kinds(played("dispute", Temper.SILENT))

    assert happened["silent"] > 3
    assert not happened["resolved"]


def test_zero_is_pressed_where_a_menu_is() -> None:
    happened = kinds(played("dispute", Temper.ZERO))

    assert 1 <= happened["escape-asked"] <= 3
    assert happened["handed-over"] == 1
