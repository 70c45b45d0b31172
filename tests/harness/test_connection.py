"""Connection overrides: a URL's fragment says how long its request may take, and when it is made again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import create_connection, create_server

import pytest

from ivr.harness import Exchange
from ivr.harness.fetch.connection import USUAL, Connection, connection_of
from tests.harness.documents import Answer, MakeApp
from tests.harness.proofs import rule

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 60000\r\n\r\n"


@contextmanager
def dripping(head: bytes = HEAD) -> Iterator[str]:
    """A server whose answers never end: after `head` a byte every 20 ms, until the other side goes away."""
    over = threading.Event()
    with create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def drip() -> None:
            while not over.is_set():
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    connection.recv(65536)
                    connection.sendall(head)
                    while not over.wait(0.02):
                        connection.sendall(b" ")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            with suppress(OSError), create_connection(listening.getsockname(), timeout=1):
                pass
            thread.join()


@rule(
    "Fetching",
    "5 s to connect, 15 s to read, 15 s in all; one retry, of a connection that was not made",
    "usage/webhooks/webhooks-connection-overrides",
)
def test_unless_told_otherwise() -> None:
    assert (USUAL.connect, USUAL.read, USUAL.total) == (5000, 15_000, 15_000)
    assert (USUAL.retries, USUAL.policy) == (1, {"ct"})


@pytest.mark.parametrize(
    ("fragment", "connection"),
    [
        ("", USUAL),
        (
            "ct=2000&rt=5000&tt=8000&rc=2&rp=5xx,rt",
            Connection(connect=2000, read=5000, total=8000, retries=2, policy=frozenset({"5xx", "rt"})),
        ),
        pytest.param("ct=99&rt=15001&tt=soon&rc=6&rp=3xx", USUAL, id="out of bounds counts for nothing"),
    ],
)
@rule(
    "Fetching",
    "the URL's fragment sets times, retries and policy, within bounds",
    "usage/webhooks/webhooks-connection-overrides",
)
def test_what_a_fragment_says(fragment: str, connection: Connection) -> None:
    assert connection_of(fragment) == connection


@pytest.mark.parametrize(
    "head", [pytest.param(HEAD, id="its body"), pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: ", id="its headers")]
)
@rule("Fetching", "the total time ends an answer that drips: 11203", "usage/webhooks/webhooks-connection-overrides")
def test_an_answer_that_drips_is_given_up_at_the_total_time(twilio: Exchange, head: bytes) -> None:
    with dripping(head) as url:
        call = twilio.call(f"{url}/voice#tt=200&rc=0")
    assert [warning.code for warning in call.warnings] == [11203]
    assert call.requests[0].url == f"{url}/voice"


@rule("Fetching", "all attempts together have the total time", "usage/webhooks/webhooks-connection-overrides")
def test_all_attempts_together_have_the_total_time(twilio: Exchange) -> None:
    with dripping() as url:
        call = twilio.call(f"{url}/voice#tt=300&rc=5&rp=rt")
    assert [warning.code for warning in call.warnings] == [11203]
    assert len(call.requests) == 1


@pytest.mark.parametrize(
    ("fragment", "status", "asked"),
    [
        pytest.param("", "500 Oops", 1, id="a status is not retried unasked"),
        pytest.param("#rp=5xx", "500 Oops", 2, id="once, unless told how often"),
        pytest.param("#rc=3&rp=5xx", "500 Oops", 4, id="as often as told"),
        pytest.param("#rc=3&rp=5xx", "404 Nowhere", 1, id="only for what was named"),
        pytest.param("#rc=2&rp=all", "404 Nowhere", 3, id="for anything"),
        pytest.param("#rc=2&rp=all", "200 OK", 1, id="not when it went well"),
    ],
)
@rule(
    "Fetching",
    "only what the policy names is retried, with the same idempotency token",
    "usage/webhooks/webhooks-connection-overrides",
)
def test_when_it_is_asked_again(twilio: Exchange, make_app: MakeApp, fragment: str, status: str, asked: int) -> None:
    app = make_app(Answer(status=status, body="<Response/>", headers=(("Content-Type", "text/xml"),)))
    call = twilio.call(app, url=f"/voice{fragment}")
    assert app.paths == ["/voice"] * asked
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in call.requests}) == 1
