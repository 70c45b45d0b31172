"""What is told of an answer that is no TwiML: the text of the page."""

import pytest

from ivr.harness import Exchange
from ivr.harness.fetch.http import Response
from ivr.harness.fetch.page import page_lines, page_says
from ivr.harness.telling import transcript_of
from tests.harness.documents import Answer, MakeApp

HTML = ("Content-Type", "text/html; charset=utf-8")
PAGE = """<!doctype html><html><head><title>KeyError
 at /menu</title><style>p { color: red }</style><script>let x = "<b>"</script></head>
<body><h1>KeyError <small>at /menu</small></h1><p>There is no
<b>Digits</b> &amp; no speech.</p><pre>File menu.py
  digits = form["Digits"]</pre></body></html>"""


def page(body: str, *headers: tuple[str, str]) -> Response:
    return Response(status=500, headers=headers, body=body.encode())


def test_an_error_page_without_its_markup() -> None:
    assert page_lines(page(PAGE, HTML)) == [
        "KeyError at /menu",
        "There is no Digits & no speech.",
        "File menu.py",
        'digits = form["Digits"]',
    ]


@pytest.mark.parametrize(
    ("body", "header", "says"),
    [
        ('{"detail": "no <Digits>"}', ("Content-Type", "application/json"), '{"detail": "no <Digits>"}'),
        ("Cannot POST\n\n/menu\n", ("Content-Type", "text/plain"), "Cannot POST / /menu"),
        ("x" * 500, ("Content-Type", "text/plain"), "x" * 159 + "…"),
        ("</style>left</style> open", HTML, "left / open"),
        ("", HTML, ""),
    ],
)
def test_its_beginning_on_one_line(body: str, header: tuple[str, str], says: str) -> None:
    assert page_says(page(body, header)) == says


def test_a_failure_says_what_was_answered(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(Answer(status="500 Oh", body=PAGE, headers=(HTML,))), url="/voice")
    assert call.warnings[0].text.startswith(
        "http://localhost/voice answered with status 500: KeyError at /menu / There is no Digits & no speech."
    )
    assert "→ 500\n          " in transcript_of(call.transcript)
    assert '  digits = form["Digits"]\n' in transcript_of(call.transcript)


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "501 Not Implemented"])
def test_a_method_that_is_not_taken_is_named(twilio: Exchange, make_app: MakeApp, status: str) -> None:
    call = twilio.call(make_app("<Redirect method='GET'>/x</Redirect>", x=Answer(status=status)), url="/voice")
    assert "asked by GET (--method, or the method its verb names)" in call.warnings[0].text
