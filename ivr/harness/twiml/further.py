"""The verbs beside the call: Refer, Connect, Start, Stop, Sms and Echo. https://www.twilio.com/docs/voice/twiml."""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import METHOD, TEXT, URL, attribute
from ivr.harness.twiml.parts import Part

__all__ = ["Connect", "Echo", "Refer", "Sms", "Start", "Stop"]


@frozen
class Refer:
    """Hand a SIP call over to another address, and be out of it."""

    line: int
    children: tuple[Part, ...] = ()
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD)] = "POST"


@frozen
class Connect:
    """Give the call's sound to a socket or a service until that closes."""

    line: int
    children: tuple[Part, ...] = ()
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD)] = "POST"


@frozen
class Start:
    """Begin something beside the call; the next verb follows at once."""

    line: int
    children: tuple[Part, ...] = ()
    action: Annotated[str | None, attribute(URL, effect=False)] = None
    method: Annotated[Method, attribute(METHOD, effect=False)] = "POST"


@frozen
class Stop:
    """End what a Start of that name began."""

    line: int
    children: tuple[Part, ...] = ()


@frozen
class Sms:
    """A text message, which is kept and goes nowhere."""

    line: int
    text: str
    to: Annotated[str, attribute(TEXT)] = ""
    from_: Annotated[str, attribute(TEXT, name="from")] = ""
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD)] = "POST"
    status_callback: Annotated[str | None, attribute(URL)] = None


@frozen
class Echo:
    """Say back to the caller whatever they say, until they hang up."""

    line: int
