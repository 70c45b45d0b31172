"""A transcript to read: what a line says of a request."""

import pytest

from ivr.harness import Exchange
from ivr.harness.telling import transcript_of
from tests.harness.documents import MakeApp


@pytest.mark.parametrize(
    ("method", "shown"),
    [
        ("GET", "GET http://localhost/next?name=a%20b&again&empty= Digits=1 FinishedOnKey= → 200"),
        ("POST", "POST http://localhost/next?name=a%20b&again&empty= Digits=1 FinishedOnKey= → 200"),
    ],
)
def test_a_url_is_shown_as_it_was_requested(twilio: Exchange, make_app: MakeApp, method: str, shown: str) -> None:
    """Letter by letter, since it is what was signed."""
    gather = f'<Gather numDigits="1" method="{method}" action="/next?name=a%20b&amp;again&amp;empty="/>'
    call = twilio.call(make_app(gather, next="<Hangup/>"), url="/voice").press("1")
    assert f"→     {shown}\n" in transcript_of(call.transcript)
