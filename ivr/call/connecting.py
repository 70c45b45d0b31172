"""The hold is over: on a rehearsal a conversation begins, on any other call there is nothing more to practise."""

from ivr.call.conversation import take_up
from ivr.call.events import Connected
from ivr.call.progress import Progress
from ivr.call.turn import Outcome, Turn

__all__ = ["connect"]


def connect(progress: Progress, department: str) -> Turn:
    """The department answers."""
    progress.record.hold = None
    if progress.record.rehearsal is not None:
        progress.note(Connected, department=department)
        return take_up(progress, department)
    progress.say(progress.department(department).greeting)
    progress.note(Connected, department=department)
    return progress.end(Outcome.CONNECTED, department)
