"""From wherever the call is to the next thing that waits: a question, a hold, or the end."""

from ivr.call.events import CallbackTaken, DepartmentClosed, Dialled
from ivr.call.holding import begin_hold
from ivr.call.progress import Progress
from ivr.call.rehearsing import answering
from ivr.call.switchboard import CARD_BACK
from ivr.call.turn import Outcome, Turn
from ivr.errors import RecordError
from ivr.flow.moves import return_event
from ivr.flow.nodes import Callback, Collect, Decide, Dial, Enter, HangUp, Menu, Message, Return, Say, Transfer, When

__all__ = ["ask", "settle"]

MOST_STEPS = 1000
"""No flow that passed the rules walks so far without asking; a record of another flow might."""


def settle(progress: Progress) -> Turn:
    """Walks on until something waits for the caller, or the call is over."""
    for _ in range(MOST_STEPS):
        match progress.node:
            case Menu() | Collect() | Message():
                return ask(progress)
            case Transfer() as node:
                turn = _transfer(progress, node)
                if turn is not None:
                    return turn
            case Callback() as node:
                progress.say(node.prompt)
                department = node.department or progress.record.closed
                progress.note(CallbackTaken, department=department)
                return progress.end(Outcome.CALLBACK, department)
            case HangUp() as node:
                progress.say(node.prompt)
                return progress.end(Outcome.DISCONNECTED)
            case Say() | Decide() | Enter() | Return() | Dial() as node:
                _step(progress, node)
    raise RecordError(f"the line {progress.record.line} goes round for ever at {progress.place}")


def _step(progress: Progress, node: Say | Decide | Enter | Return | Dial) -> None:
    match node:
        case Say():
            progress.say(node.prompt)
            for slot, value in node.set.items():
                progress.fill(slot, value)
            progress.go("next")
        case Decide():
            holding = (index for index, case in enumerate(node.cases) if _holds(progress, case.when))
            first = next(holding, None)
            progress.go("otherwise" if first is None else f"case_{first + 1}")
        case Enter():
            progress.go("enter")
        case Return():
            if not progress.record.stack:
                raise RecordError(f"there is nothing to return to from {progress.place}")
            progress.go(return_event(progress.record.stack[-1]))
        case Dial():
            _dial(progress, node)


def ask(progress: Progress, *, again: bool = False) -> Turn:
    """Puts the question at hand: in full to whoever comes first, shorter to whoever comes again."""
    node = progress.node
    assert isinstance(node, (Menu, Collect, Message))
    returning = again or progress.record.visits.get(progress.place, 0) > 1
    progress.say(node.again if returning and node.again else node.prompt)
    return progress.turn(progress.board.listening(progress.tree, progress.place))


def _holds(progress: Progress, when: When) -> bool:
    if when.slot is not None:
        value = progress.slot(when.slot)
        if when.filled is not None:
            return bool(value) is when.filled
        return value == when.equals if when.equals is not None else value in (when.one_of or ())
    if when.open is not None:
        return progress.department(when.open).is_open(progress.scene)
    record = progress.record
    counted = {"failures": record.failures, "asks": record.asks, "visits": record.visits.get(progress.place, 0)}
    return counted[when.counter or "failures"] >= (when.at_least or 1)


def _transfer(progress: Progress, node: Transfer) -> Turn | None:
    department = progress.department(node.department)
    if node.closed is None or department.is_open(progress.scene):
        progress.say(node.prompt or ())
        return begin_hold(progress, node.department)
    progress.note(DepartmentClosed, department=node.department)
    progress.record.closed = node.department
    sayings = progress.tree.line.sayings
    progress.say(sayings.closed_now, department=department.name, hours=department.hours_in_words.removesuffix("."))
    progress.go("closed")
    return None


def _dial(progress: Progress, node: Dial) -> None:
    """Puts the caller through to another line, as if its number had been dialled."""
    progress.say(node.prompt or ())
    number = progress.slot(node.slot) or CARD_BACK
    line, place = answering(progress.board, number, progress.record.rehearsal)
    progress.go("dialled")
    record = progress.record
    record.dialled, record.line, record.version = number, line, progress.board.centre.versions[line]
    record.place, record.stack, record.trail, record.visits = place, [], [], {}
    record.failures = record.asks = 0
    progress.arrive()
    progress.note(Dialled, dialled=number, line=line, version=record.version)
