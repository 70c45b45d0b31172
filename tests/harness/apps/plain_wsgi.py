"""A survey on bare WSGI, with its TwiML written by hand and its state in a cookie."""

from collections.abc import Iterable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

QUESTIONS = ("How was the service?", "Would you come again?")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Asks each question; the answers so far travel in a cookie."""
    form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    answers = cookie["answers"].value if "answers" in cookie else ""
    answers += form.get("Digits", [""])[0]
    start_response(
        "200 OK", [("Content-Type", "application/xml"), ("Set-Cookie", f"answers={answers}; Path=/; Max-Age=600")]
    )
    if len(answers) < len(QUESTIONS):
        ask = f"<Say>{QUESTIONS[len(answers)]} Press 1 to 5.</Say>"
        return [f'<Response><Gather numDigits="1" finishOnKey="">{ask}</Gather></Response>'.encode()]
    return [f"<Response><Say>You answered {' and '.join(answers)}.</Say></Response>".encode()]
