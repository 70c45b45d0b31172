"""What happened in a call, in order: its transcript. `at` is in seconds since the exchange began."""

from typing import TypeAlias

from ivr.frozen import frozen
from ivr.harness.requested import Requested
from ivr.harness.status import CallStatus

__all__ = [
    "Answered",
    "Connected",
    "CutOff",
    "Dialled",
    "Ended",
    "Event",
    "Failed",
    "Heard",
    "Joined",
    "MessageLeft",
    "NoEffect",
    "NotPlayed",
    "Placed",
    "Played",
    "Pressed",
    "Queued",
    "Recorded",
    "Requested",
    "Spoke",
    "Unheard",
    "Warned",
]


@frozen
class Answered:
    """The call was picked up."""

    at: float


@frozen
class Heard:
    """A voice began to say this to the caller: a Say, or the other party."""

    at: float
    text: str


@frozen
class CutOff:
    """What was being said broke off, and only this of it was heard: the caller spoke, or the call went elsewhere."""

    at: float
    heard: str


@frozen
class Played:
    """A sound began: its URL, the keys sounded, or `beep`. Nothing is really played."""

    at: float
    sound: str


@frozen
class Pressed:
    """The caller pressed a key."""

    at: float
    key: str


@frozen
class Spoke:
    """The caller said something."""

    at: float
    words: str
    confidence: float


@frozen
class Warned:
    """Something in a document is not right, and the call goes on; `code` and `line` as Twilio gives them."""

    at: float
    code: int
    line: int
    text: str


@frozen
class Failed:
    """A document could not be had, by Twilio's code: the fallback's turn, or the end."""

    at: float
    code: int
    text: str


@frozen
class Placed:
    """The application has placed this call over REST, from the number `caller`."""

    at: float
    to: str
    caller: str


@frozen
class Dialled:
    """A further leg was called."""

    at: float
    to: str
    sid: str


@frozen
class Connected:
    """The caller and another leg can hear each other."""

    at: float
    sid: str


@frozen
class Queued:
    """The caller waits in a queue, at this place of it."""

    at: float
    queue: str
    position: int


@frozen
class Recorded:
    """A recording was made; `words` is what the caller said in it."""

    at: float
    sid: str
    url: str
    seconds: int
    words: str


@frozen
class Joined:
    """The caller is in a conference."""

    at: float
    conference: str


@frozen
class MessageLeft:
    """The voicemail at the far end recorded these words, from its beep on."""

    at: float
    words: str


@frozen
class NotPlayed:
    """What needs real media, which is not made here; the call goes on as if it were."""

    at: float
    what: str


@frozen
class Unheard:
    """The caller pressed a key or spoke, and the question takes only the other; said once a question."""

    at: float
    takes: tuple[str, ...]


@frozen
class NoEffect:
    """Attributes of an element that change nothing in a virtual call; without any, the element itself.

    Said once a call of each, where it is first met.
    """

    at: float
    line: int
    element: str
    attributes: tuple[str, ...]


@frozen
class Ended:
    """The call is over; `seconds` since it was answered."""

    at: float
    status: CallStatus
    reason: str
    seconds: int


Event: TypeAlias = (
    Answered
    | Heard
    | CutOff
    | Played
    | Pressed
    | Spoke
    | Requested
    | Warned
    | Failed
    | Placed
    | Dialled
    | Connected
    | Queued
    | Recorded
    | Joined
    | MessageLeft
    | NotPlayed
    | Unheard
    | NoEffect
    | Ended
)
