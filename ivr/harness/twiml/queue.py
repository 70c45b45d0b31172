"""Enqueue and Leave. https://www.twilio.com/docs/voice/twiml/enqueue and /leave."""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import METHOD, TEXT, URL, attribute, whole
from ivr.harness.twiml.parts import Part

__all__ = ["Enqueue", "Leave"]


@frozen
class Enqueue:
    """Wait in a queue until somebody takes the call out of it; a `workflow_sid` stands for a queue of its own."""

    line: int
    text: str
    children: tuple[Part, ...] = ()
    action: Annotated[str | None, attribute(URL)] = None
    method: Annotated[Method, attribute(METHOD)] = "POST"
    max_queue_size: Annotated[int, attribute(whole(1, 5000))] = 1000
    wait_url: Annotated[str | None, attribute(URL)] = None
    wait_url_method: Annotated[Method, attribute(METHOD)] = "POST"
    workflow_sid: Annotated[str, attribute(TEXT)] = ""


@frozen
class Leave:
    """Leave the queue this document is played in."""

    line: int
