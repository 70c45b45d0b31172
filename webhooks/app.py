"""The application: made of its settings and of what a test may want to put in their place."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.middleware.proxy_fix import ProxyFix

from ivr.call import Clock, Switchboard
from ivr.call.coaching import TraineeRoll
from ivr.errors import NumberError, SettingsError
from ivr.flow.centre import ContactCentre, load_centre
from ivr.stores.callers import CallerKey
from ivr.teaching.attempts import Attempts
from ivr.teaching.delivery import Courier
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card
from webhooks.afterwards import Afterwards
from webhooks.border import Border, Refusal
from webhooks.desk import Desk
from webhooks.headers import strict_headers
from webhooks.health import Check, health_routes
from webhooks.logs import logger, place
from webhooks.metrics import Metrics
from webhooks.plain import plain
from webhooks.scraping import metrics_route
from webhooks.settings import Settings
from webhooks.store import CallStore, Kept, kept_by
from webhooks.throttling import Throttle
from webhooks.tracing import Traced, by_environment
from webhooks.voice import TurnConverter, voice_routes
from webhooks.watched import WatchedCalls

__all__ = ["check_numbers", "create_app"]

log = logger(__name__)


def create_app(
    settings: Settings | None = None,
    *,
    centre: ContactCentre | None = None,
    clock: Clock | None = None,
    store: CallStore | None = None,
    seed: int | None = None,
    roll: TraineeRoll | None = None,
    traced: Traced | None = None,
) -> Flask:
    """The practice line as a WSGI application; by default everything comes from the environment.

    Raises SettingsError and FlowError with every problem, and StoreError for a database not ready. `clock` gives
    the time with its zone; `seed` makes chance the same on every call; `roll` knows trainees by their PINs, in place
    of the database; `traced` leaves spans.
    """
    settings = settings or Settings.from_environ(os.environ)
    if seed is not None:
        settings = replace(settings, seed=seed)
    # The shipped flows have passed their rules before they were shipped, and checking them again takes seconds.
    centre = centre or load_centre(settings.flows, rules=settings.flows is not None)
    check_numbers(settings, centre)
    kept = Kept(calls=store) if store is not None else kept_by(settings)
    # Rehearsals are coached where the centre has scenarios.
    coach = TrainingCoach(centre, load_card(settings.flows)) if centre.scenarios else None
    clock, metrics = clock or _now, Metrics()
    afterwards = _afterwards(settings, kept, coach, clock, metrics)
    desk = Desk(
        settings=settings,
        board=Switchboard(centre, coach=coach, roll=roll or kept.teaching),
        store=WatchedCalls(kept.calls, metrics, afterwards.over if afterwards else None),
        callers=CallerKey(settings.caller_secret),
        clock=clock,
    )
    app = _application(settings, desk, metrics, kept.checks, traced or by_environment(os.environ))
    app.extensions["afterwards"] = afterwards
    return app


def _afterwards(
    settings: Settings, kept: Kept, coach: TrainingCoach | None, clock: Clock, metrics: Metrics
) -> Afterwards | None:
    if kept.teaching is None or kept.outbox is None or coach is None:
        return None
    attempts = Attempts(teaching=kept.teaching, coach=coach, kept=metrics.attempt_kept)
    if settings.lrs is None:
        return Afterwards(attempts, metrics)
    courier = Courier(outbox=kept.outbox, store=settings.lrs, coach=coach, home=settings.public_url, clock=clock)
    return Afterwards(attempts, metrics, courier)


def _application(
    settings: Settings, desk: Desk, metrics: Metrics, checks: Mapping[str, Check], traced: Traced
) -> Flask:
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.request_bytes
    app.url_map.merge_slashes = False  # a signed URL is the URL, to the letter
    app.url_map.converters["turn"] = TurnConverter
    throttle = Throttle(settings.limits.rates, desk.clock)
    border = Border(settings, throttle, partial(_refused, metrics))
    app.register_blueprint(voice_routes(desk, border, throttle, metrics, traced))
    app.register_blueprint(health_routes(checks))
    app.register_blueprint(metrics_route(metrics, settings.metrics_token))
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(Exception, _failed)
    strict_headers(app, encrypted=settings.public_url.startswith("https:"))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )
    return app


def _refused(metrics: Metrics, refused: Request, why: Refusal) -> None:
    metrics.refused(why)
    if why is not Refusal.TOO_OFTEN:  # what floods must not flood the log
        log.warning("refused a request", route=refused.endpoint, reason=why)


def _failed(error: Exception) -> Response:
    log.error("a page failed", error=type(error).__name__, at=place(error), route=request.endpoint)
    return plain(InternalServerError())


def check_numbers(settings: Settings, centre: ContactCentre) -> None:
    """Own numbers that answer as something which is not there would only show when somebody calls.

    Raises SettingsError.
    """
    board, problems = Switchboard(centre), []
    for number, target in settings.numbers.items():
        try:
            board.answering(target or centre.directory.lobby)
        except NumberError as error:
            problems.append(f"IVR_NUMBERS: {number}: {error}")
    if problems:
        raise SettingsError(problems)


def _now() -> datetime:
    return datetime.now(UTC)
