"""A satisfaction survey on the standard library alone: GET, redirects, speech with partial results, text/html."""

from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Survey"]

QUESTIONS = {1: "How was our service? Say great, fine or poor.", 2: "What can we do better?"}


class Survey(BaseHTTPRequestHandler):
    """Asks each question; `answers` and `partial` are what was said, over all calls."""

    answers: list[str] = []
    partial: list[str] = []

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing."""

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._route(dict(parse_qsl(form)))

    def do_GET(self) -> None:
        self._route({})

    def _route(self, form: dict[str, str]) -> None:
        url = urlsplit(self.path)
        given = {**form, **dict(parse_qsl(url.query))}
        number = int(given.get("n", 0))
        match url.path:
            case "/survey":
                self._send("", status=302, location="/survey/question?n=1")
            case "/survey/question" if number > len(QUESTIONS):
                self._send('<Say>Thank you.</Say><Redirect method="GET">broken</Redirect>')
            case "/survey/question":
                self._send(
                    f'<Gather input="speech dtmf" hints="great, fine" timeout="4" numDigits="1" method="GET" '
                    f'action="answer?n={number}" partialResultCallback="/partial"><Say>{QUESTIONS[number]}</Say>'
                    "</Gather>"
                    f"<Redirect>question?n={number + 1}</Redirect>"
                )
            case "/survey/answer":
                said = given.get("SpeechResult") or given.get("Digits", "")
                self.answers.append(said)
                self._send(f'<Say>You said {said}.</Say><Redirect method="GET">question?n={number + 1}</Redirect>')
            case "/partial":
                self.partial.append(given["UnstableSpeechResult"])
                self._send("")
            case "/sorry":
                self._send(f"<Say>Sorry, {given['ErrorCode']}.</Say>")
            case _:
                self._send("", status=500)

    def _send(self, verbs: str, *, status: int = 200, location: str | None = None) -> None:
        body = f"<Response>{verbs}</Response>".encode()
        self.send_response(status)
        if location is not None:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
