"""ASGI applications in this process."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path

import pytest
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from ivr.harness import AUTH_TOKEN, Exchange
from ivr.harness.fetch.asgi_server import MOST_SERVERS
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import Documents

Message = MutableMapping[str, object]
ACCOUNT = f"AC{7:032}"
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
    if scope["type"] == "lifespan":
        raise NotImplementedError
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


class Shop:
    """Opens its till at startup, in the loop that its requests run in; or cannot."""

    def __init__(self, failure: str | None = None) -> None:
        self.failure = failure
        self.started = 0
        self.closed = False

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] == "lifespan":
            await self.live(scope, receive, send)
            return
        state = scope["state"]
        assert isinstance(state, dict)
        async with asyncio.timeout(1):
            till = await state["till"]
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"text/xml")]})
        document = f"<Response><Say>{till}, {self.started}</Say><Redirect>/voice</Redirect></Response>"
        await send({"type": "http.response.body", "body": document.encode()})

    async def live(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        assert await receive() == {"type": "lifespan.startup"}
        self.started += 1
        if self.failure:
            await send({"type": "lifespan.startup.failed", "message": self.failure})
            return
        state = scope["state"]
        assert isinstance(state, dict)
        till = state["till"] = asyncio.get_running_loop().create_future()
        await send({"type": "lifespan.startup.complete"})
        till.set_result("open")
        assert await receive() == {"type": "lifespan.shutdown"}
        self.closed = True


def test_it_is_started_once_in_the_loop_of_its_requests(twilio: Exchange) -> None:
    call = twilio.call(Shop(), url="/voice", listen_for=2)
    assert set(call.heard) == {"open, 1"}
    assert len(call.requests) > 1


def test_it_is_started_once_for_all_exchanges_and_shut_down_when_many_others_were_used(twilio: Exchange) -> None:
    shop = Shop()
    assert [Exchange().call(shop, url="/voice", listen_for=1).heard[0] for _ in range(2)] == ["open, 1"] * 2
    others = [Shop() for _ in range(MOST_SERVERS)]
    for other in others:
        twilio.call(other, url="/voice", listen_for=1)
    assert (shop.closed, others[-1].closed) == (True, False)
    assert twilio.call(shop, url="/voice", listen_for=1).heard[0] == "open, 2"


def test_that_it_cannot_start_is_shown(twilio: Exchange) -> None:
    call = twilio.call(Shop(failure="no change in the till"), url="/voice").should_warn(11200)
    assert "StartupFailed: no change in the till" in str(call.requests[0].crash)


async def caller_back(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Places a call with Twilio's asynchronous client before it answers."""
    if scope["type"] == "lifespan":
        raise NotImplementedError
    if scope["path"] == "/told":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        return
    async with AsyncTwilioHttpClient() as http:
        client = Client(ACCOUNT, AUTH_TOKEN, http_client=http)
        placed = await client.calls.create_async(
            to="+14155550101",
            from_="+12025550100",
            twiml="<Response><Say>You asked for a call</Say></Response>",
            status_callback="http://localhost/told",
            status_callback_event=["answered", "completed"],
        )
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"text/xml")]})
    await send({"type": "http.response.body", "body": f"<Response><Say>{placed.status}</Say></Response>".encode()})


def test_the_asynchronous_rest_client_reaches_the_exchange() -> None:
    twilio = Exchange(account_sid=ACCOUNT)
    usual = AsyncTwilioHttpClient.request
    with rest_in_process(twilio):
        assert twilio.call(caller_back, url="/voice").heard == ("queued",)
        twilio.calls[-1].listen().should_have_heard("you asked for a call")
        twilio.run_on()
    told = [each.params["CallStatus"] for each in twilio.calls[-1].requests if each.purpose == "callback"]
    assert told == ["in-progress", "completed"]
    assert AsyncTwilioHttpClient.request is usual


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
