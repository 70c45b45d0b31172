"""On hold: stretches of waiting with an estimate that moves, a callback to be had, and the department at the end."""

from collections.abc import Callable

from ivr.call.events import CallbackTaken, Held, Transferred
from ivr.call.input import CallerInput, Pressed, Silent, Spoke
from ivr.call.progress import Progress
from ivr.call.record import Hold
from ivr.call.turn import Holding, Outcome, Turn
from ivr.grammar import Band, Recogniser, Topic

__all__ = ["CALLBACK_KEY", "begin_hold", "hold_on", "in_words", "is_next"]

CALLBACK_KEY = "1"
_INTERRUPTION = 1.0
"""Seconds that an interruption of the hold takes."""
_NEXT_IN_LINE = 15.0
"""With so many seconds to go a caller is next."""


def begin_hold(progress: Progress, department: str) -> Turn:
    """Puts the caller on hold for a department."""
    waits, every = progress.department(department).wait, progress.department(department).announce_every
    total = round(waits.shortest + progress.chance() * (waits.longest - waits.shortest), 1)
    hold = Hold(department=department, total=total, passed=0.0, stretch=min(every, total))
    progress.record.hold = hold
    progress.note(Transferred, department=department, wait=total)
    progress.say(progress.tree.line.sayings.wait_estimate, wait=in_words(total))
    return _hold(progress, hold)


def hold_on(progress: Progress, heard: CallerInput, hold: Hold, connect: Callable[[Progress, str], Turn]) -> Turn:
    """What a caller on hold does: mostly wait. `connect` puts them through to the department at its end."""
    if _takes_callback(progress, heard, hold):
        progress.say(progress.tree.line.sayings.callback_taken)
        progress.note(CallbackTaken, department=hold.department)
        return progress.end(Outcome.CALLBACK, hold.department)
    if isinstance(heard, Silent):
        return _wait(progress, hold, connect)
    hold.passed = min(hold.total, hold.passed + _INTERRUPTION)
    hold.stretch = min(hold.stretch, max(0.0, hold.total - hold.passed))
    progress.say(progress.tree.line.sayings.hold_please)
    return _hold(progress, hold)


def _wait(progress: Progress, hold: Hold, connect: Callable[[Progress, str], Turn]) -> Turn:
    hold.passed = min(hold.total, hold.passed + hold.stretch)
    progress.note(Held, department=hold.department, seconds=hold.stretch)
    left = hold.total - hold.passed
    if left < 0.5:
        return connect(progress, hold.department)
    hold.announced += 1
    department, sayings = progress.department(hold.department), progress.tree.line.sayings
    if is_next(left):
        progress.say(sayings.nearly_there)
    else:
        progress.say(department.holding)
        progress.say(sayings.still_holding, wait=in_words(left))
        if department.callback:
            progress.say(sayings.callback_offer)
    hold.stretch = min(department.announce_every, left)
    return _hold(progress, hold)


def _hold(progress: Progress, hold: Hold) -> Turn:
    return progress.turn(
        Holding(
            department=hold.department,
            seconds=hold.stretch,
            left=hold.total - hold.passed,
            callback=_offered(progress, hold),
            language=progress.tree.language(progress.place),
        )
    )


def _offered(progress: Progress, hold: Hold) -> bool:
    return hold.announced > 0 and progress.department(hold.department).callback


def _takes_callback(progress: Progress, heard: CallerInput, hold: Hold) -> bool:
    if not _offered(progress, hold):
        return False
    match heard:
        case Pressed(keys=keys):
            return keys.startswith(CALLBACK_KEY)
        case Spoke(words=words, confidence=confidence):
            vocabulary = progress.board.centre.vocabulary
            wanted = ("callback", "yes")
            topics: dict[str, Topic] = {name: vocabulary.topics[name] for name in wanted if name in vocabulary.topics}
            score = Recogniser(topics, vocabulary).hear(words).score
            return progress.tree.bands(progress.place).band(score, confidence) is not Band.REJECT
        case _:
            return False


def is_next(left: float) -> bool:
    """Whether a caller with so many seconds to go is told to be next, and no more."""
    return left <= _NEXT_IN_LINE


def in_words(seconds: float) -> str:
    """A wait as a prompt says it: tens of seconds up to a minute and a half, then minutes."""
    if seconds <= 90:
        return f"{max(10, round(seconds / 10) * 10)} seconds"
    return f"{round(seconds / 60)} minutes"
