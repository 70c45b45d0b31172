"""Callers who do anything, from a list of whims that Hypothesis can shrink."""

from collections.abc import Sequence
from datetime import datetime

from hypothesis import strategies as st

from ivr.call import CallSession, Switchboard
from ivr.call.events import Event
from ivr.call.handset import Handset, VirtualClock

__all__ = ["Whim", "called", "whims"]

Whim = tuple[str, str, float]

KEYS = ["378282246310005", "1234", "00101", "4320", "0302", "42*10", "8005282122", "999999999999999", *"0123456789*#"]
WORDS = [
    *("lost card", "representative", "billing", "dispute a charge", "yes", "no", "go back", "help", "repeat", "travel"),
    *("main menu", "skip", "purple monkey", "fraud", "points"),
]
whims = st.lists(
    st.one_of(
        st.tuples(st.just("press"), st.sampled_from(KEYS), st.sampled_from([0.0, 0.0, 4.0])),
        st.tuples(st.just("say"), st.sampled_from(WORDS), st.sampled_from([1.0, 1.0, 0.7, 0.5, 0.3])),
        st.tuples(st.just("wait"), st.just(""), st.just(0.0)),
    ),
    max_size=10,
)
"""What is done, with keys or words, and for keys how long it takes to find them, for words how well they are heard."""


def called(
    board: Switchboard, dialled: str, at: datetime, whims: Sequence[Whim], *, seed: int, patient: bool, barge_in: bool
) -> list[Event]:
    """What happens on a call of theirs. A patient caller waits out the hold; all others hang up where whims end."""
    clock = VirtualClock(at)
    session = CallSession.arriving(board, dialled, call_id="CA1", seed=seed, clock=clock)
    handset = Handset(session, clock, lambda turn: None, barge_in=barge_in)
    for does, what, how in whims:
        if handset.over:
            break
        if does == "press":
            clock.advance(how)
            handset.press(what)
        elif does == "say":
            handset.say(what, how)
        else:
            handset.wait()
    if patient:
        handset.wait_out_hold()
    handset.hang_up()
    return session.events
