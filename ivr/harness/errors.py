"""What the virtual Twilio refuses.

HarnessError
├── Refused          a document or request that Twilio gives up on, with Twilio's code
│   └── Unreachable  no answer came at all: nothing listens, or it took too long
│       └── NotRequested  nobody was asked: it is no application of the exchange's
├── NothingHappens   a caller waits for something that will never come
└── Unmet            what was expected of a call did not come true
"""

from ivr.errors import HarnessError

__all__ = ["HarnessError", "NotRequested", "NothingHappens", "Refused", "Unmet", "Unreachable"]


class Refused(HarnessError):
    """Twilio gives up on a request or its document; `code` is from Twilio's error dictionary."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code}: {text}")


class Unreachable(Refused):
    """The application never answered."""


class NotRequested(Unreachable):
    """It is no application of the exchange's, and was not asked."""


class NothingHappens(HarnessError):
    """The caller waits, and no party in the exchange has anything left to do."""


class Unmet(HarnessError, AssertionError):
    """A call is not as expected: a test fails with it. `transcript` is the call so far, for people to read."""

    def __init__(self, expected: str, instead: str, transcript: str) -> None:
        self.expected = expected
        self.instead = instead
        self.transcript = transcript
        super().__init__(f"expected: {expected}\n{instead}\n\n{transcript}")
