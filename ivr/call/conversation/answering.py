"""A conversation turn by turn: a representative takes the call up, hears, and goes on with the form."""

from ivr.call.case import Case
from ivr.call.conversation.afterwards import hear_afterwards
from ivr.call.conversation.closing import give_up
from ivr.call.conversation.ending import hear_closing
from ivr.call.conversation.keying import hear_keys
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.people import greet
from ivr.call.conversation.speech import hear_words
from ivr.call.conversation.talk import Talk
from ivr.call.events import ConversationEnded, Silent
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.progress import Progress
from ivr.call.turn import Outcome, Turn

__all__ = ["MOST_TURNS", "hang_up", "hear", "take_up"]

MOST_TURNS = 80
"""Of the caller's, with all representatives of a call together; then the last of them says goodbye."""


def take_up(progress: Progress, department: str) -> Turn:
    """Somebody answers after the hold, and asks who is calling, and why."""
    return onward(greet(progress, _case(progress), department))


def hear(progress: Progress, heard: Pressed | Spoke | SilentInput) -> Turn:
    """The next turn of the conversation."""
    state = progress.record.conversation
    assert state is not None
    if heard == Pressed(keys=""):  # nothing but a finish key: Twilio tells it as silence
        heard = SilentInput()
    talk = Talk(progress, _case(progress), state)
    state.opened = True
    if state.phase in ("notes", "debrief"):
        return hear_afterwards(talk, heard)
    state.turns += 1
    if state.turns > MOST_TURNS:
        return give_up(talk, "patience")
    return hear_closing(talk, heard) if state.phase == "closing" else _hear(talk, heard)


def _hear(talk: Talk, heard: Pressed | Spoke | SilentInput) -> Turn:
    match heard:
        case Spoke(words=words) if words.strip():
            return hear_words(talk, heard)
        case Pressed():
            return hear_keys(talk, heard.keys)
        case _:
            talk.note(Silent, seconds=talk.patience)
            return missed(talk, "silence")


def hang_up(progress: Progress) -> Turn:
    """The caller is gone: in the middle of it, or once the matter was told."""
    state = progress.record.conversation
    assert state is not None
    if state.phase in ("form", "closing"):
        progress.note(ConversationEnded, resolved=state.resolved, how="hung-up")
    left = state.phase == "form"
    return progress.end(Outcome.ABANDONED if left else Outcome.CONNECTED, None if left else state.department)


def _case(progress: Progress) -> Case:
    rehearsal = progress.record.rehearsal
    assert rehearsal is not None
    return progress.board.case(rehearsal.scenario)
