"""Whatever a caller does, a call is at a question, on hold or over; who only asks, or is silent, reaches help."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call import CallerInput, CallRecord, CallSession, Ended, HungUp, Pressed, Silent, Spoke
from tests.centre import shipped_board
from tests.conftest import TUESDAY_MORNING
from tests.shipped.test_walks import LINES, SUNDAY_NIGHT

MOST_TURNS_TO_HELP = 14
"""Turns that a caller needs at most who only asks for a representative, or stays silent, until hold or an end."""

phrases = st.sampled_from(
    ["lost card", "representative", "yes", "no", "go back", "main menu", "help", "repeat", "billing", "not lost stolen"]
)
heard = st.one_of(
    st.builds(Pressed, keys=st.text("0123456789*#", min_size=1, max_size=16)),
    st.builds(Pressed, keys=st.sampled_from(["378282246310005", "1234", "4320", "0302", "1", "2", "3", ""])),
    st.builds(Spoke, words=st.one_of(phrases, st.text(max_size=60)), confidence=st.floats(0, 1)),
    st.just(Silent()),
)


@pytest.mark.parametrize("line", LINES)
@settings(max_examples=60, deadline=None)
@given(inputs=st.lists(heard, max_size=25), seed=st.integers(0, 1000), night=st.booleans())
def test_any_input_leads_to_a_question_or_an_end(line: str, inputs: list[CallerInput], seed: int, night: bool) -> None:
    now = SUNDAY_NIGHT if night else TUESDAY_MORNING
    session = CallSession.arriving(shipped_board(), line, call_id="CA1", seed=seed, clock=lambda: now)
    turn = session.begin()
    for each in [*inputs, HungUp()]:
        if isinstance(turn.then, Ended):
            break
        session = CallSession(shipped_board(), CallRecord.from_json(session.record.to_json()), lambda: now)
        turn = session.hear(each)
        assert all(words.text for words in turn.words)

    assert isinstance(turn.then, Ended)


@pytest.mark.parametrize("now", [TUESDAY_MORNING, SUNDAY_NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(
    "only", [Silent(), Pressed(keys="0"), Spoke(words="representative")], ids=["silent", "presses 0", "asks"]
)
@pytest.mark.parametrize("line", LINES)
def test_help_comes_within_a_stated_number_of_turns(line: str, only: CallerInput, now: datetime) -> None:
    for seed in range(8):
        session = CallSession.arriving(shipped_board(), line, call_id="CA1", seed=seed, clock=lambda: now)
        turn = session.begin()
        turns = 0
        while not isinstance(turn.then, Ended) and session.record.hold is None:
            turn = session.hear(only)
            turns += 1
            assert turns <= MOST_TURNS_TO_HELP

        outcome = session.record.outcome
        assert session.record.hold is not None or outcome in ("message", "callback")
