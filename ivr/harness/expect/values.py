"""What can be expected of a call; `str` of each is how a script writes it, see `text`."""

import shlex
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from ivr.frozen import frozen
from ivr.harness.status import CallStatus, Floor

__all__ = [
    "ASKED",
    "CONNECTED",
    "ON_HOLD",
    "At",
    "Dialled",
    "Ended",
    "Expectation",
    "Heard",
    "JustHeard",
    "LeftMessage",
    "Not",
    "Plain",
    "Played",
    "Queued",
    "Recorded",
    "Requested",
    "Stands",
    "Warned",
]


@frozen
class Heard:
    """These words were said to the caller."""

    words: str

    def __str__(self) -> str:
        return f'heard "{self.words}"'


@frozen
class JustHeard:
    """These words were said since the caller last pressed a key or said something."""

    words: str

    def __str__(self) -> str:
        return f'just heard "{self.words}"'


@frozen
class Dialled:
    """This number, client or SIP address was dialled for the caller, or any."""

    to: str | None = None

    def __str__(self) -> str:
        return "dialled" if self.to is None else f"dialled {self.to}"


@frozen
class Queued:
    """The caller was put into the queue of that name, or any."""

    queue: str | None = None

    def __str__(self) -> str:
        return "queued" if self.queue is None else f"queued {self.queue}"


@frozen
class Recorded:
    """A recording was made; with `words`, of these."""

    words: str = ""

    def __str__(self) -> str:
        return f'recorded "{self.words}"' if self.words else "recorded"


@frozen
class LeftMessage:
    """The voicemail at the far end recorded a message; with `words`, of these."""

    words: str = ""

    def __str__(self) -> str:
        return f'left message "{self.words}"' if self.words else "left message"


@frozen
class Played:
    """A sound was played whose URL, without its query, ends so."""

    sound: str

    def __str__(self) -> str:
        return f"played {self.sound}"


@frozen
class Requested:
    """A request was made to a URL that, without its query, ends so, with these parameters among others."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        pairs = (shlex.quote(f"{name}={value}") for name, value in self.params.items())
        return " ".join(["requested", self.url, *pairs])


@frozen
class Warned:
    """Twilio's debugger has a warning or an error; with `code`, that one."""

    code: int | None = None

    def __str__(self) -> str:
        return "warned" if self.code is None else f"warned {self.code}"


@frozen
class Stands:
    """How the call stands now."""

    words: str
    floors: tuple[Floor, ...]

    def __str__(self) -> str:
        return self.words


@frozen
class Ended:
    """The call is over; with `status`, so."""

    status: CallStatus | None = None

    def __str__(self) -> str:
        return "ended" if self.status is None else f"ended {self.status}"


@frozen
class Not:
    """The opposite."""

    expected: "Plain"

    def __str__(self) -> str:
        return f"not {self.expected}"


Plain: TypeAlias = (
    Heard | JustHeard | Dialled | Queued | Recorded | LeftMessage | Played | Requested | Warned | Stands | Ended
)


@frozen
class At:
    """Expected of the leg to this number, client or SIP address: the latest dialled, else the latest REST placed."""

    to: str
    expected: "Plain | Not"

    def __str__(self) -> str:
        return f"at {self.to} {self.expected}"


Expectation: TypeAlias = Plain | Not | At

ASKED = Stands(words="asked", floors=(Floor.QUESTION, Floor.ANSWERING, Floor.MESSAGE))
ON_HOLD = Stands(words="on hold", floors=(Floor.HOLD,))
CONNECTED = Stands(words="connected", floors=(Floor.TALK,))
