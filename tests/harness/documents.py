"""An application made of documents, each at its path."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A response out of the ordinary."""

    body: str | bytes = ""
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/xml"),)


Page = str | Answer | Callable[[Mapping[str, str]], "str | Answer"]


@dataclass(kw_only=True)
class Documents:
    """A WSGI application: each path a document, or what makes one of the parameters; all requests and answers kept."""

    pages: Mapping[str, Page]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    environs: list[WSGIEnvironment] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)).decode()
        params = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
        params |= parse_qsl(body, keep_blank_values=True)
        path = environ["PATH_INFO"]
        self.asked.append((environ["REQUEST_METHOD"], path, params))
        self.environs.append(environ)
        page = self.pages.get(path, Answer(status="404 Not Found"))
        answer = page(params) if callable(page) else page
        if isinstance(answer, str):
            answer = Answer(body=f"<Response>{answer}</Response>")
        self.sent.append(answer.body)
        start_response(answer.status, list(answer.headers))
        return [answer.body.encode() if isinstance(answer.body, str) else answer.body]

    def params(self, path: str) -> dict[str, str]:
        """The parameters of the only request for that path."""
        (found,) = [params for _, asked, params in self.asked if asked == path]
        return found

    @property
    def paths(self) -> list[str]:
        """The paths requested, in order."""
        return [path for _, path, _ in self.asked]


class MakeApp(Protocol):
    """Makes an application of documents by path; the first is `voice`."""

    def __call__(self, voice: Page, /, **pages: Page) -> Documents: ...
