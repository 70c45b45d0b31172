"""ASGI applications in this process."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path

import pytest

from ivr.harness import Exchange
from tests.harness.documents import Documents

Message = MutableMapping[str, object]
DJANGO = """
from ivr.harness import Exchange
from tests.harness.apps.django_asgi import app

call = Exchange().call(app, url="/voice").press("123")
call.should_hear("parcel 123 is on its way, en").should_end("completed")
assert "parcel=123" in str(call.requests[1].response.headers)
broken = Exchange().call(app, url="/voice").press("000").should_warn(11200)
"""


async def bare(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Tells what it was asked; or raises."""
    body = (await receive())["body"]
    assert (await receive())["type"] == "http.disconnect"
    if scope["path"] == "/broken":
        raise RuntimeError("the line is down")
    said = f"{scope['method']} {scope['path']} {scope['scheme']} {b'From=' in bytes(str(body), 'ascii')}"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"text/xml")]})
    for piece in ("<Response><Say>", said, "</Say></Response>"):
        await send({"type": "http.response.body", "body": piece.encode(), "more_body": True})
    await send({"type": "http.response.body"})


def test_a_bare_application(twilio: Exchange) -> None:
    assert twilio.call(bare, url="/a b", public_url="https://x.example.com").heard == ("POST /a b https True",)
    assert twilio.call(bare, url="/voice", method="GET").heard == ("GET /voice http False",)


def test_what_it_raises_is_shown(twilio: Exchange) -> None:
    call = twilio.call(bare, url="/broken").should_warn(11200)
    assert "RuntimeError: the line is down" in str(call.requests[0].crash)


def test_from_inside_a_test_that_is_asynchronous_itself(twilio: Exchange) -> None:
    async def test() -> tuple[str, ...]:
        return twilio.call(bare, url="/voice").heard

    assert asyncio.run(test()) == ("POST /voice http True",)


def test_django(pytester: pytest.Pytester) -> None:
    """In a process of its own, because Django has one configuration a process."""
    path = pytester.makepyfile(DJANGO)
    root = Path(__file__).parents[2]
    run = pytester.run(
        sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); exec(open({str(path)!r}).read())"
    )
    assert run.ret == 0, run.stderr.str()


def test_a_wsgi_application_is_still_one(twilio: Exchange, make_app: Callable[..., Documents]) -> None:
    assert twilio.call(make_app("<Say>WSGI</Say>"), url="/voice").heard == ("WSGI",)
