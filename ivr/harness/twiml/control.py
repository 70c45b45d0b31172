"""Redirect, Hangup and Reject: verbs that go elsewhere or end the call.

https://www.twilio.com/docs/voice/twiml/redirect, /hangup and /reject.
"""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import METHOD, attribute, one_of
from ivr.harness.twiml.parts import Part

__all__ = ["Hangup", "Redirect", "Reject"]


@frozen
class Redirect:
    """Go on with the document at a URL; no text is the current document again."""

    line: int
    text: str
    method: Annotated[Method, attribute(METHOD, code=13710)] = "POST"


@frozen
class Hangup:
    """End the call."""

    line: int
    children: tuple[Part, ...] = ()


@frozen
class Reject:
    """Refuse an unanswered call, which then costs nothing; the caller hears a busy tone or a refusal."""

    line: int
    children: tuple[Part, ...] = ()
    reason: Annotated[str, attribute(one_of("rejected", "busy"), code=13810)] = "rejected"
