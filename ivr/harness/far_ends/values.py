"""The far ends there are."""

from typing import TypeAlias

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.fetch.local import LocalApplication
from ivr.harness.script import Step, parse_script

__all__ = [
    "Answers",
    "Busy",
    "FarEnd",
    "NoAnswer",
    "NotInService",
    "Rejects",
    "Runs",
    "Voicemail",
]


@frozen
class Answers:
    """Picks up after so many seconds, follows a script (see `script`), and then stays until the other hangs up."""

    after: float = 2.0
    script: str = ""

    def __post_init__(self) -> None:
        parse_script(self.script)  # a wrong script is told where it is written, not in the middle of a call

    @property
    def steps(self) -> tuple[Step, ...]:
        """The script, read."""
        return parse_script(self.script)


@frozen
class Voicemail:
    """A machine picks up after so many seconds, says its greeting, beeps, and records what it hears from then on.

    After `longest` seconds of a message it hangs up. What it has recorded is the leg's `MessageLeft`.
    """

    after: float = 20.0
    greeting: str = "Nobody is here to take your call. Please leave a message after the tone."
    longest: float = 120.0


@frozen
class Busy:
    """Engaged, which shows after so many seconds."""

    after: float = 1.0


@frozen
class Rejects:
    """Looks at the phone for so many seconds and declines, which Twilio reports as busy."""

    after: float = 3.0


@frozen
class NoAnswer:
    """Rings for ever."""


@frozen
class NotInService:
    """Cannot be reached at all, which shows after so many seconds."""

    after: float = 1.0


@frozen
class Runs:
    """Another TwiML application, which gets an inbound call; given as to `Exchange.number`."""

    app: LocalApplication | str
    url: str = ""
    method: Method = "POST"
    fallback_url: str | None = None
    fallback_method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    public_url: str | None = None


FarEnd: TypeAlias = Answers | Voicemail | Busy | Rejects | NoAnswer | NotInService | Runs
