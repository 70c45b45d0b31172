"""Twilio's own public documents, which sample applications point at: Twimlets, and the greeting of its examples.

Answered from here, as nothing leaves the machine: https://www.twilio.com/labs/twimlets (echo, forward, holdmusic and
message) and http://demo.twilio.com/docs/voice.xml. What they play is named, and not fetched.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, quoteattr

from ivr.harness.fetch.http import Request, Response

__all__ = ["TWIMLETS", "Twimlets"]

TWIMLETS = frozenset({"twimlets.com", "www.twimlets.com", "demo.twilio.com"})

Fields = list[tuple[str, str]]

MUSIC = "com.twilio.music.classical"
SOUND = re.compile(r"\.(mp3|wav|ulaw|aiff?|gsm)$", re.I)
GREETING = (
    "<Response><Say>Thanks for trying our documentation. Enjoy!</Say>"
    "<Play>http://demo.twilio.com/docs/classic.mp3</Play></Response>"
)


class Twimlets:
    """Answers as they do; 404 for any other."""

    def answer(self, request: Request) -> Response:
        """See `App`."""
        path = urlsplit(request.url).path.rstrip("/")
        if SOUND.search(path):
            return Response(status=200, headers=(("Content-Type", "audio/mpeg"),))
        page = PAGES.get(path)
        if page is None:
            return Response(status=404, body=f"no Twimlet is at {path}".encode())
        fields = parse_qsl(urlsplit(request.url).query) + parse_qsl(request.body.decode("ascii"))
        return Response(status=200, headers=(("Content-Type", "text/xml"),), body=page(fields).encode())


def _echo(fields: Fields) -> str:
    return dict(fields).get("Twiml", "<Response/>")


def _forward(fields: Fields) -> str:
    given = dict(fields)
    if "DialCallStatus" in given:
        fail = given.get("FailUrl")
        return _response(f"<Redirect>{escape(fail)}</Redirect>" if fail and not _talked(given) else "<Hangup/>")
    wanted = ("Timeout", "timeout"), ("CallerId", "callerId")
    attributes = "".join(f" {name}={quoteattr(given[field])}" for field, name in wanted if field in given)
    return _response(f'<Dial action=""{attributes}>{escape(given.get("PhoneNumber", ""))}</Dial>')


def _talked(given: dict[str, str]) -> bool:
    return given.get("DialCallStatus") in ("completed", "answered")


def _hold_music(fields: Fields) -> str:
    bucket = dict(fields).get("Bucket", MUSIC)
    return _response(f"<Play>http://{escape(bucket)}.s3.amazonaws.com/music.mp3</Play><Redirect/>")


def _message(fields: Fields) -> str:
    return _response("".join(_said(value) for name, value in fields if re.fullmatch(r"Message(\[\d*\])?", name)))


def _said(message: str) -> str:
    verb = "Play" if message.startswith(("http://", "https://")) else "Say"
    return f"<{verb}>{escape(message)}</{verb}>"


def _response(verbs: str) -> str:
    return f"<Response>{verbs}</Response>"


PAGES: dict[str, Callable[[Fields], str]] = {
    "/docs/voice.xml": lambda fields: GREETING,
    "/echo": _echo,
    "/forward": _forward,
    "/holdmusic": _hold_music,
    "/message": _message,
}
