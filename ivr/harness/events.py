"""What happened in a call, in order: its transcript. `at` is in seconds since the exchange began."""

from collections.abc import Mapping
from typing import TypeAlias

from ivr.harness.errors import Refused
from ivr.harness.fetch.http import Method, Request, Response
from ivr.harness.frozen import frozen
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
class Requested:
    """A request to the application; no `response` when there was none, and then `problem` says why.

    `purpose` is `document`, `fallback`, `callback` (its answer is ignored) or `action` of a call already over.
    """

    at: float
    purpose: str
    request: Request
    response: Response | None
    problem: Refused | None

    @property
    def method(self) -> Method:
        """GET or POST."""
        return self.request.method

    @property
    def url(self) -> str:
        """As requested; for a GET with Twilio's parameters in it."""
        return self.request.url

    @property
    def params(self) -> Mapping[str, str]:
        """Twilio's parameters, wherever they went."""
        return self.request.params

    @property
    def headers(self) -> Mapping[str, str]:
        """The request's headers."""
        return self.request.headers

    @property
    def status(self) -> int | None:
        """The HTTP status answered."""
        return None if self.response is None else self.response.status

    @property
    def ms(self) -> int | None:
        """Real milliseconds until the answer began; known of an application reached over HTTP."""
        return None if self.response is None else self.response.ms

    @property
    def body(self) -> str:
        """What was answered, as text."""
        return "" if self.response is None else self.response.text

    @property
    def crash(self) -> str | None:
        """The traceback, when an application in this process raised."""
        return None if self.response is None else self.response.crash


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
