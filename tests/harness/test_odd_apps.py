"""Applications that answer oddly but rightly, over real sockets; and one whose every answer is a little wrong."""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from ivr.harness import Exchange
from tests.harness.documents import MakeApp

SAY = "<Response><Say>{}</Say></Response>"
DECLARED = '<?xml version="1.0" encoding="{}"?>' + SAY.format("café")

# path: content type, body
PAGES: dict[str, tuple[str | None, bytes]] = {
    "/bom": ("text/xml; charset=utf-8", b"\xef\xbb\xbf" + DECLARED.format("UTF-8").encode()),
    "/latin-1": ("text/xml", DECLARED.format("ISO-8859-1").encode("latin-1")),
    "/said-to-be-utf-8": ("text/xml; charset=utf-8", DECLARED.format("ISO-8859-1").encode("latin-1")),
    "/header-wins": ("text/html; charset=ISO-8859-1", DECLARED.format("UTF-8").encode("latin-1")),
    "/windows": ("application/xml", DECLARED.format("windows-1252").encode("cp1252")),
    "/utf-16": ("text/xml", DECLARED.format("UTF-16").encode("utf-16")),
    "/html": ("TEXT/HTML;Charset=UTF-8", SAY.format("café").encode()),
    "/cdata": ("text/xml", b"<Response><!-- x --><Say><![CDATA[caf\xc3\xa9]]></Say><?php x ?></Response>"),
    "/spaced": ("text/xml", "<Response>\n\n  <Say>\n  café\n  </Say>\n</Response>\n\n".encode()),
}
BAD: dict[str, tuple[str | None, bytes, int]] = {
    "/blank-line-first": ("text/xml", b"\n" + DECLARED.format("UTF-8").encode(), 12100),
    "/php-notice": ("text/html", b"Notice: Undefined index\n" + SAY.format("x").encode(), 12100),
    "/ampersand": ("text/xml", b"<Response><Redirect>/x?a=1&b=2</Redirect></Response>", 12100),
    "/json": ("application/json", b"{}", 12300),
    "/no-type": (None, SAY.format("x").encode(), 12300),
    "/lower-case": ("text/xml", b"<response><say>x</say></response>", 12102),
}


class Odd(BaseHTTPRequestHandler):
    """Answers any method; some pages are zipped, in pieces, or elsewhere."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        match url.path:
            case "/zipped":
                self.answer("text/xml", gzip.compress(SAY.format("café").encode()), "Content-Encoding: gzip")
            case "/in-pieces":
                self.in_pieces(b"<Respo", "nse><Say>café</Say></Response>".encode())
            case "/moved":
                self.answer(None, b"", "Location: sub/../utf-16?x=1#fragment", status=302)
            case "/get":
                self.answer("text/xml", b"<Response><Redirect method='get'> ?next=1#rc=2\n</Redirect></Response>")
            case path:
                self.answer(*(PAGES.get(path) or BAD[path][:2]))

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/get":
            assert urlsplit(self.path).query.startswith("next=1&CallSid=CA")
            self.answer("text/xml", SAY.format("café").encode())
        else:
            self.do_POST()

    def answer(self, kind: str | None, body: bytes, header: str = "", status: int = 200) -> None:
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        if header:
            self.send_header(*header.split(": "))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def in_pieces(self, *pieces: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (*pieces, b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", [*PAGES, "/zipped", "/in-pieces", "/moved", "/get"])
def test_it_is_understood(twilio: Exchange, url: str, path: str) -> None:
    call = twilio.call(url + path).should_not_warn()
    assert call.heard == ("café",)


@pytest.mark.parametrize("path", BAD)
def test_it_is_refused_with_twilios_code(twilio: Exchange, url: str, path: str) -> None:
    twilio.call(url + path).should_warn(BAD[path][2]).should_hear("an application error has occurred")


def test_nesting_that_is_not_allowed_leaves_the_rest(twilio: Exchange, make_app: MakeApp) -> None:
    inside = "<Gather><Gather><Say>never</Say></Gather><Dial>never</Dial><Say>asked</Say></Gather>"
    app = make_app(f"{inside}<Say><Say>a</Say>b</Say><say>never</say><Pause><Say>never</Say></Pause>text<Say>end</Say>")
    call = twilio.call(app, url="/voice").wait().should_have_heard("asked ab end").should_not_have_heard("never")
    assert sorted({warning.code for warning in call.warnings}) == [12200, 13320]


def test_a_caller_id_as_people_write_it(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Dial callerId="(202) 555-0123">\n 415-555-0101 </Dial>'), url="/voice")
    call.should_dial("+14155550101")
    assert call.dialled[0].from_ == "+12025550123"


def test_an_application_behind_a_proxy_takes_itself_for_http(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Redirect>http://shop.example.com/next</Redirect>", next="<Say>Here</Say>")
    assert twilio.call(app, url="/voice", public_url="https://shop.example.com").heard == ("Here",)


def test_a_url_that_the_application_is_not_known_by(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Redirect>https://shop.example.com/next</Redirect>"), url="/voice")
    (failed,) = call.should_warn(11200).warnings
    assert "with public_url (--public-url https://shop.example.com)" in failed.text
