"""A phone tree from a table, in one script, as PHP pages are written: `?step=2` in the URL, GET, speech and keys.

The state is in the URL alone; recognised words so far are told to a partial results callback.
"""

from collections.abc import Iterable
from urllib.parse import parse_qs, quote
from wsgiref.types import StartResponse, WSGIEnvironment

STEPS = {
    "1": ("Say planets, or press 1, for broadcasts. Say operator, or press 2.", {"planets": "2", "operator": "3"}),
    "2": ("Which planet? Brodo Asogi, Dugobah, or Oober.", {"brodo asogi": "4", "dugobah": "4", "oober": "4"}),
}
PARTIAL: list[str] = []


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    query = {name: values[-1] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
    start_response("200 OK", [("Content-Type", "text/html; charset=UTF-8")])
    if environ["PATH_INFO"] == "/partial.php":
        PARTIAL.append(parse_qs(body)["UnstableSpeechResult"][0])
        return [b""]
    return [('<?xml version="1.0" encoding="UTF-8"?>\n<Response>' + page(query) + "</Response>\n").encode()]


def page(query: dict[str, str]) -> str:
    step = query.get("step", "1")
    chosen = query.get("SpeechResult", "").lower().strip(".")
    if step in STEPS:
        prompt, choices = STEPS[step]
        if query.get("Digits", "").isdecimal() and int(query["Digits"]) <= len(choices):
            chosen = list(choices)[int(query["Digits"]) - 1]
        if "asked" in query and chosen in choices:
            return f"<Redirect method='GET'>?step={choices[chosen]}&amp;chosen={quote(chosen)}</Redirect>"
        sorry = "<Say>Sorry?</Say>" if "asked" in query else ""
        return (
            f"{sorry}<Gather input='speech dtmf' numDigits='1' method='GET' action='?step={step}&amp;asked=1' "
            f"hints='{', '.join(choices)}' partialResultCallback='/partial.php' speechTimeout='auto'>"
            f"<Say language='en-GB'>{prompt}</Say></Gather><Redirect method='GET'>?step={step}</Redirect>"
        )
    if step == "3":
        return "<Dial>+14155550340</Dial>"
    return f"<Say>We call you from {query['chosen']}.</Say><Hangup/>"
