"""Where the application under test finds Twilio's REST API during a call."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec

from ivr.harness import Exchange
from ivr.harness.rest.server import serve_rest

__all__ = ["rest_door"]


@contextmanager
def rest_door(exchange: Exchange, port: int | None, *, in_process: bool) -> Iterator[None]:
    """On this port, if one is given; and for an application in this process, in Twilio's place.

    So no `twilio.rest.Client` of an application that was meant to be tried here reaches Twilio itself.
    """
    with ExitStack() as doors:
        if port is not None:
            doors.enter_context(serve_rest(exchange, port=port))
        if in_process and find_spec("responses") is not None:
            from ivr.harness.rest.in_process import rest_in_process  # a library that not everybody has

            doors.enter_context(rest_in_process(exchange))
        yield
