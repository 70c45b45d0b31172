"""What happens on a call in the tree, from its arrival to its end."""

from ivr.call.events.event import Event
from ivr.frozen import frozen

__all__ = [
    "Arrived",
    "CallbackTaken",
    "Confirming",
    "Connected",
    "DepartmentClosed",
    "Dialled",
    "Ended",
    "EscapeAsked",
    "Filled",
    "Heard",
    "Held",
    "Identified",
    "LineChanged",
    "MessageLeft",
    "NotOnPracticeList",
    "NotUnderstood",
    "Said",
    "Silent",
    "Transferred",
    "UniversalAsked",
]


@frozen
class Arrived(Event):
    """A call came in: `dialled` in E.164, or the name of a line."""

    kind = "arrived"
    dialled: str
    line: str
    version: str


@frozen
class Dialled(Event):
    """The caller chose a number in the lobby, and is on its line now."""

    kind = "dialled"
    dialled: str
    line: str
    version: str


@frozen
class Said(Event):
    """The line said something."""

    kind = "said"
    words: str


@frozen
class Heard(Event):
    """The caller was understood. `by` is keys or speech; `choice` the move or slot; `words` what was said, redacted."""

    kind = "heard"
    by: str
    choice: str
    words: str
    confidence: float | None = None
    band: str | None = None


@frozen
class Confirming(Event):
    """The line was not sure enough and asked whether it had heard `choice`."""

    kind = "confirming"
    choice: str
    words: str
    confidence: float | None


@frozen
class NotUnderstood(Event):
    """A no-match. `reason`: unknown-key, no-match, low-confidence, invalid, not-practice, mismatch, not-confirmed."""

    kind = "not-understood"
    by: str
    words: str
    reason: str


@frozen
class Silent(Event):
    """A no-input, after `seconds` of silence."""

    kind = "silent"
    seconds: float


@frozen
class UniversalAsked(Event):
    """The caller asked for repeat, back, main-menu or help."""

    kind = "universal-asked"
    universal: str
    by: str


@frozen
class EscapeAsked(Event):
    """The caller asked for a representative, for the `ask`-th time; `answer`: honoured, refused, detour."""

    kind = "escape-asked"
    by: str
    ask: int
    answer: str


@frozen
class Filled(Event):
    """A slot was filled; `shown` is as much of it as its mask allows."""

    kind = "filled"
    slot: str
    by: str
    shown: str


@frozen
class Identified(Event):
    """The caller is practice card member `member`."""

    kind = "identified"
    member: str


@frozen
class NotOnPracticeList(Event):
    """A number that is not on the practice list was discarded, and the caller warned."""

    kind = "not-on-practice-list"
    slot: str


@frozen
class DepartmentClosed(Event):
    """A transfer found its department closed."""

    kind = "department-closed"
    department: str


@frozen
class Transferred(Event):
    """The caller was put on hold for `department`; the hold will last `wait` seconds."""

    kind = "transferred"
    department: str
    wait: float


@frozen
class Held(Event):
    """A stretch of hold passed, of `seconds`."""

    kind = "held"
    department: str
    seconds: float


@frozen
class Connected(Event):
    """The department answered."""

    kind = "connected"
    department: str


@frozen
class CallbackTaken(Event):
    """The caller will be called back."""

    kind = "callback-taken"
    department: str | None


@frozen
class MessageLeft(Event):
    """A message was left, so many words long. The words themselves are not kept."""

    kind = "message-left"
    department: str | None
    words: int


@frozen
class LineChanged(Event):
    """The line's flow was changed during the call, which landed safely at its start."""

    kind = "line-changed"
    line: str
    version: str


@frozen
class Ended(Event):
    """The call is over; `seconds` from arrival to end."""

    kind = "ended"
    outcome: str
    department: str | None
    seconds: float
    turns: int
