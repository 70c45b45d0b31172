"""The door every request of Twilio's comes through: let in, answered in time, and never left without a document."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from flask import Request, Response, request
from werkzeug.exceptions import Forbidden, HTTPException

from ivr.frozen import frozen
from ivr.render.twiml import retry, the_end
from webhooks.apologies import GIVEN_UP, SORRY
from webhooks.border import Border
from webhooks.desk import Desk
from webhooks.headers import TWIML
from webhooks.logs import about_call, about_nothing, logger, place
from webhooks.metrics import Metrics
from webhooks.plain import plain
from webhooks.request import VoiceRequest
from webhooks.tracing import View

__all__ = ["Door", "Sorry", "Visit", "document"]

MOST_APOLOGIES = 10
"""In a row, where a call cannot even begin; then it ends, so that no call goes round for hours. With the pauses between
them, that is time enough for a database to be restarted."""

PATIENCE = 1.0
"""Seconds after which a request that failed is not followed by a second question to whatever took so long: a caller is
answered within four."""

log = logger(__name__)


@frozen
class Visit:
    """A request that was let in, and when it came."""

    asked: VoiceRequest
    began: float


Sorry = Callable[[Visit], Response]
"""Answers a visit that something went wrong with."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """Hands a route what the border has let in; answers in its place what the border refuses, and what goes wrong."""

    desk: Desk
    border: Border
    metrics: Metrics

    def before(self, route: str, view: View, sorry: Sorry | None = None) -> View:
        """`view` takes a Visit, and what its URL has beside it; `sorry` answers what it could not."""

        def through(**values: Any) -> Response:
            began = monotonic()
            about_nothing()
            try:
                return self._let_in(view, sorry or self.sorry, began, values)
            except HTTPException as refused:
                return plain(refused)
            except Exception as error:
                _tell("a turn failed", error)
                return plain(Forbidden())
            finally:
                self.metrics.answered(route, monotonic() - began)

        return through

    def _let_in(
        self,
        view: View,
        sorry: Sorry,
        began: float,
        values: dict[str, Any],
    ) -> Response:
        # Not the proxy for it: each look through one costs more than what is looked at.
        came: Request = request._get_current_object()  # type: ignore[attr-defined]
        visit = Visit(asked=self.border.admit(came), began=began)
        about_call(visit.asked.call_sid)
        try:
            return view(visit, **values)
        except Exception as error:
            _tell("a turn failed", error)
            self.metrics.apologised("error")
            return sorry(visit)

    def sorry(self, visit: Visit) -> Response:
        """An apology and the same question again; where there is no question, the call begins again, or gives up."""
        answer = self._question_again(visit) if monotonic() - visit.began < PATIENCE else None
        if answer is None:
            apologies = request.args.get("apologies", 0, type=int) + 1
            again = retry(SORRY, self.desk.addresses.again(apologies))
            answer = again if apologies < MOST_APOLOGIES else the_end(GIVEN_UP)
        return document(answer)

    def _question_again(self, visit: Visit) -> str | None:
        try:
            return self.desk.apologise(visit.asked)
        except Exception as error:
            _tell("an apology failed", error)
            return None


def document(text: str) -> Response:
    """TwiML as an answer."""
    return Response(text, content_type=TWIML)


def _tell(what: str, error: Exception) -> None:
    log.error(what, error=type(error).__name__, at=place(error), route=request.endpoint)
