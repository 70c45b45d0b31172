"""Twilio's routes. Each answers TwiML with status 200, whatever happens behind it."""

from functools import partial
from time import monotonic

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as WsgiResponse

from ivr.render.hold_music import hold_music
from ivr.render.twiml import retry, the_end
from webhooks.apologies import GIVEN_UP, SORRY, TOO_LONG, TOO_OFTEN
from webhooks.border import Border
from webhooks.desk import Desk
from webhooks.logs import about_call, about_nothing, logger, place
from webhooks.metrics import Metrics
from webhooks.plain import plain
from webhooks.request import VoiceRequest
from webhooks.throttling import Throttle

__all__ = ["TurnConverter", "voice_routes"]

MOST_APOLOGIES = 10
"""In a row, where a call cannot even begin; then it ends, so that no call goes round for hours. With the pauses between
them, that is time enough for a database to be restarted."""

PATIENCE = 1.0
"""Seconds after which a request that failed is not followed by a second question to whatever took so long: a caller is
answered within four."""

DAY = 24 * 60 * 60

log = logger(__name__)


class TurnConverter(IntegerConverter):
    """A turn's number in a URL; one of more digits was never given out."""

    regex = "[0-9]{1,9}"


def voice_routes(desk: Desk, border: Border, throttle: Throttle, metrics: Metrics) -> Blueprint:
    """The routes below /voice."""
    voice = Blueprint("voice", __name__, url_prefix="/voice")

    voice.before_request(partial(_admit, border))
    voice.after_request(partial(_timed, metrics))
    voice.register_error_handler(HTTPException, plain)
    voice.register_error_handler(Exception, partial(_failed, desk, metrics))
    voice.add_url_rule("/hold.wav", view_func=_music)

    @voice.post("/incoming")
    def incoming() -> Response:
        # A call that is asked to try again, and Twilio's own second try, are no new calls.
        if "apologies" not in request.args:
            limit = throttle.call(_asked().caller, request.remote_addr or "")
            if limit is not None:
                metrics.limited(limit)
                log.warning("a call too many", limit=limit)
                return _document(the_end(TOO_OFTEN))
        return _document(desk.arrive(_asked()))

    @voice.post("/turn/<turn:turn>")
    def answered(turn: int) -> Response:
        if turn >= desk.settings.limits.turns and not _asked().over:
            metrics.limited("turns")
            log.warning("a call that does not stop", turn=turn)
            return _document(the_end(TOO_LONG))
        return _document(desk.answer(_asked(), turn))

    @voice.post("/status")
    def status() -> Response:
        if _asked().over:
            desk.hang_up(_asked())
        return Response(status=204)

    @voice.post("/fallback")
    def fallback() -> Response:
        # ErrorCode says what Twilio made of the last document: https://www.twilio.com/docs/api/errors
        log.error("Twilio could not go on", error=request.form.get("ErrorCode", "")[:5])
        metrics.apologised("fallback")
        return _sorry(desk)

    return voice


def _admit(border: Border) -> None:
    g.began = monotonic()
    about_nothing()
    if request.method == "POST":
        g.voice_request = border.admit(request)
        about_call(g.voice_request.call_sid)


def _timed(metrics: Metrics, response: Response) -> Response:
    metrics.answered((request.endpoint or "").rpartition(".")[2], monotonic() - g.began)
    return response


def _music() -> WsgiResponse:
    response = Response(hold_music(), mimetype="audio/wav")
    response.cache_control.public = True
    response.cache_control.max_age = DAY
    response.add_etag()
    return response.make_conditional(request)


def _failed(desk: Desk, metrics: Metrics, error: Exception) -> Response:
    log.error("a turn failed", error=type(error).__name__, at=place(error), route=request.endpoint)
    if "voice_request" not in g:
        return plain(Forbidden())
    metrics.apologised("error")
    return _sorry(desk)


def _asked() -> VoiceRequest:
    """The request being answered, once the border has let it in."""
    asked = g.voice_request
    assert isinstance(asked, VoiceRequest)
    return asked


def _document(document: str) -> Response:
    response = Response(document, content_type="text/xml; charset=utf-8")
    response.cache_control.no_store = True
    return response


def _sorry(desk: Desk) -> Response:
    """An apology and the same question again; where there is no question, the call begins again, or gives up."""
    document = _question_again(desk) if monotonic() - g.began < PATIENCE else None
    if document is None:
        apologies = request.args.get("apologies", 0, type=int) + 1
        again = retry(SORRY, desk.addresses.again(apologies))
        document = again if apologies < MOST_APOLOGIES else the_end(GIVEN_UP)
    return _document(document)


def _question_again(desk: Desk) -> str | None:
    try:
        return desk.apologise(_asked())
    except Exception as error:
        log.error("an apology failed", error=type(error).__name__, at=place(error))
        return None
