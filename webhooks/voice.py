"""Twilio's routes. Each answers TwiML with status 200, whatever happens behind it."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as WsgiResponse

from ivr.render.hold_music import hold_music
from ivr.render.twiml import the_end
from webhooks.apologies import TOO_LONG, TOO_OFTEN
from webhooks.border import Border
from webhooks.desk import Desk
from webhooks.door import Door, Sorry, Visit, document
from webhooks.logs import logger
from webhooks.metrics import Metrics
from webhooks.plain import plain
from webhooks.throttling import Throttle
from webhooks.tracing import Traced, View

__all__ = ["TurnConverter", "voice_routes"]

DAY = 24 * 60 * 60

log = logger(__name__)


class TurnConverter(IntegerConverter):
    """A turn's number in a URL; one of more digits was never given out."""

    regex = "[0-9]{1,9}"


def voice_routes(desk: Desk, border: Border, throttle: Throttle, metrics: Metrics, traced: Traced) -> Blueprint:
    """The routes below /voice."""
    blueprint = Blueprint("voice", __name__, url_prefix="/voice")
    blueprint.register_error_handler(HTTPException, plain)
    blueprint.add_url_rule("/hold.wav", view_func=_music)
    door = Door(desk=desk, border=border, metrics=metrics)
    voice = _Voice(door=door, throttle=throttle)
    routes: dict[str, tuple[str, View, Sorry | None]] = {
        "incoming": ("/incoming", voice.incoming, None),
        "answered": ("/turn/<turn:turn>", voice.answered, None),
        "status": ("/status", voice.status, _again),
        "fallback": ("/fallback", voice.fallback, None),
    }
    for name, (rule, view, sorry) in routes.items():
        blueprint.add_url_rule(rule, name, traced(name, door.before(name, view, sorry)), methods=["POST"])
    return blueprint


@dataclass(frozen=True, kw_only=True)
class _Voice:
    """What is done about the requests that were let in."""

    door: Door
    throttle: Throttle

    def incoming(self, visit: Visit) -> Response:
        """A call comes in. One that is asked to try again, and Twilio's own second try, are no new calls."""
        if "apologies" not in request.args:
            limit = self.throttle.call(visit.asked.caller, request.remote_addr or "")
            if limit is not None:
                self.door.metrics.limited(limit)
                log.warning("a call too many", limit=limit)
                return document(the_end(TOO_OFTEN))
        return document(self.door.desk.arrive(visit.asked))

    def answered(self, visit: Visit, turn: int) -> Response:
        """What a caller did at question `turn`."""
        desk = self.door.desk
        if turn >= desk.settings.limits.turns and not visit.asked.over:
            self.door.metrics.limited("turns")
            log.warning("a call that does not stop", turn=turn)
            return document(the_end(TOO_LONG))
        return document(desk.answer(visit.asked, turn))

    def status(self, visit: Visit) -> Response:
        """News of a call."""
        if visit.asked.over:
            self.door.desk.hang_up(visit.asked)
        return Response(status=204)

    def fallback(self, visit: Visit) -> Response:
        """Twilio could not go on with the last document."""
        # ErrorCode says what Twilio made of it: https://www.twilio.com/docs/api/errors
        log.error("Twilio could not go on", error=visit.asked.error)
        self.door.metrics.apologised("fallback")
        return self.door.sorry(visit)


def _again(_: Visit) -> Response:
    """For news that could not be kept. Nobody hears the answer; the URL asks Twilio to tell it again: see Addresses."""
    return Response(status=503)


def _music() -> WsgiResponse:
    response = Response(hold_music(), mimetype="audio/wav")
    response.cache_control.public = True
    response.cache_control.max_age = DAY
    response.add_etag()
    return response.make_conditional(request)
