"""A request to an application and what came of it: an event of a call, or of none."""

from collections.abc import Mapping

from ivr.frozen import frozen
from ivr.harness.errors import Refused
from ivr.harness.fetch.http import Method, Request, Response

__all__ = ["Requested"]


@frozen
class Requested:
    """A request to the application; no `response` when there was none, and then `problem` says why.

    `purpose` is `document`, `fallback`, `callback` (its answer is ignored) or `action` of a call already over.
    """

    at: float
    purpose: str
    request: Request
    response: Response | None
    problem: Refused | None

    @property
    def method(self) -> Method:
        """GET or POST."""
        return self.request.method

    @property
    def url(self) -> str:
        """As requested; for a GET with Twilio's parameters in it."""
        return self.request.url

    @property
    def params(self) -> Mapping[str, str]:
        """Twilio's parameters, wherever they went."""
        return self.request.params

    @property
    def headers(self) -> Mapping[str, str]:
        """The request's headers."""
        return self.request.headers

    @property
    def status(self) -> int | None:
        """The HTTP status answered."""
        return None if self.response is None else self.response.status

    @property
    def ms(self) -> int | None:
        """Real milliseconds until the answer began; known of an application reached over HTTP."""
        return None if self.response is None else self.response.ms

    @property
    def body(self) -> str:
        """What was answered, as text."""
        return "" if self.response is None else self.response.text

    @property
    def crash(self) -> str | None:
        """The traceback, when an application in this process raised."""
        return None if self.response is None else self.response.crash
