"""After-hours routing on bare WSGI: open, the call goes to the desk; closed, a message is recorded and transcribed.

The clock is passed in; the pages link to each other by relative URLs, and one answers with an HTTP redirect.
"""

from collections.abc import Callable, Iterable
from datetime import time
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

DESK = "+14155550330"


class Switchboard:
    """A WSGI application; `messages` are the transcribed ones."""

    def __init__(self, now: Callable[[], time]) -> None:
        self.now = now
        self.messages: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        form = {name: values[0] for name, values in parse_qs(environ["wsgi.input"].read(length).decode()).items()}
        page = environ["PATH_INFO"].rpartition("/")[2]
        if page == "answer":
            target = "open" if time(9) <= self.now() < time(17) else "closed"
            start_response("307 Temporary Redirect", [("Location", target)])
            return []
        start_response("200 OK", [("Content-Type", "text/xml; charset=utf-8")])
        return [getattr(self, page)(form).encode()]

    def open(self, form: dict[str, str]) -> str:
        return f'<Response><Dial timeout="10" action="dialled">{DESK}</Dial></Response>'

    def dialled(self, form: dict[str, str]) -> str:
        if form["DialCallStatus"] == "completed":
            return "<Response><Hangup/></Response>"
        return "<Response><Say>The desk does not answer.</Say><Redirect>closed</Redirect></Response>"

    def closed(self, form: dict[str, str]) -> str:
        return (
            "<Response><Say>Leave a message, then press pound.</Say>"
            '<Record finishOnKey="#" maxLength="60" action="thanks" transcribeCallback="transcribed"/>'
            "<Say>I heard nothing.</Say><Redirect>closed</Redirect></Response>"
        )

    def thanks(self, form: dict[str, str]) -> str:
        seconds = form["RecordingDuration"]
        return f"<Response><Say>You left {seconds} seconds. Goodbye.</Say></Response>"

    def transcribed(self, form: dict[str, str]) -> str:
        self.messages.append(form["TranscriptionText"])
        return ""
