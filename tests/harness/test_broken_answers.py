"""Answers that break off or are not HTTP, over real sockets: Twilio's code, and what happened in plain words."""

import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection, create_server, socket

import pytest

from ivr.harness import Exchange

TWIML = b"<Response><Say>x</Say></Response>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


@contextmanager
def answering(answer: bytes, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers whatever it is sent with these bytes, and closes the connection."""
    over = threading.Event()
    with create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    if over.is_set():
                        return
                    taken = connection if tls is None else tls.wrap_socket(connection, server_side=True)
                    with taken:
                        _take_request(taken)
                        taken.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            create_connection(listening.getsockname(), timeout=5).close()
            thread.join()


def _take_request(connection: socket) -> None:
    """Whole, if it is HTTP: a connection closed with something unread is reset, and the answer lost."""
    taken = more = connection.recv(65536)
    while more and taken.startswith(b"POST"):
        head, _, body = taken.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length is not None and len(body) >= int(length[1]):
            break
        more = connection.recv(65536)
        taken += more


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        pytest.param(b"", 11205, "{url} closed the connection without an answer", id="none"),
        pytest.param(TWIML, 11205, f"what {{url}} answered is not HTTP: {TWIML.decode()}", id="no HTTP"),
        pytest.param(OK + b"Content-Length: 99\r\n\r\n" + TWIML, 11206, "{url} broke off its answer", id="half of it"),
        pytest.param(
            OK + b"Content-Encoding: gzip\r\nContent-Length: 33\r\n\r\n" + TWIML,
            11206,
            "the answer of {url} is not packed as its Content-Encoding says",
            id="packed otherwise",
        ),
    ],
)
def test_what_was_wrong_with_it(twilio: Exchange, answer: bytes, code: int, told: str) -> None:
    with answering(answer) as url:
        call = twilio.call(f"{url}/voice")
    assert [(each.code, each.text) for each in call.warnings] == [(code, told.format(url=f"{url}/voice"))]


def test_an_application_that_dies_in_the_middle_of_a_call(twilio: Exchange) -> None:
    gather = b"<Response><Gather numDigits='1'/></Response>"
    with answering(OK + b"Content-Length: %d\r\n\r\n" % len(gather) + gather) as url:
        call = twilio.call(f"{url}/voice").should_be_asked()
    call.press("1").should_warn(11202).should_hear("an application error has occurred").should_end("completed")


def test_plain_http_where_tls_was_expected(twilio: Exchange) -> None:
    with answering(OK + b"\r\n") as url:
        call = twilio.call(f"{url.replace('http', 'https')}/voice").should_warn(11220)
    assert "give its https address as the public URL" in call.warnings[0].text


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_a_certificate_that_nobody_signed(twilio: Exchange, tmp_path: Path) -> None:
    files = ("-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem"))
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1", *files)
    subprocess.run(new, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with answering(OK + b"\r\n", tls) as url:
        call = twilio.call(f"{url.replace('http', 'https')}/voice").should_warn(11220)
    assert "its certificate is refused (self-signed certificate)" in call.warnings[0].text
