"""The application: made of its settings and of what a test may want to put in their place."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from ivr.call import Clock, Switchboard
from ivr.call.coaching import TraineeRoll
from ivr.errors import NumberError, SettingsError
from ivr.flow.centre import ContactCentre, load_centre
from ivr.stores.callers import CallerKey
from ivr.stores.memory import MemoryCalls
from ivr.stores.opening import open_calls
from webhooks.border import Border
from webhooks.desk import Desk
from webhooks.plain import plain
from webhooks.settings import Settings
from webhooks.store import CallStore
from webhooks.voice import TurnConverter, voice_routes

__all__ = ["create_app"]


def create_app(
    settings: Settings | None = None,
    *,
    centre: ContactCentre | None = None,
    clock: Clock | None = None,
    store: CallStore | None = None,
    seed: int | None = None,
    roll: TraineeRoll | None = None,
) -> Flask:
    """The practice line as a WSGI application; by default everything comes from the environment.

    Raises SettingsError and FlowError with every problem, and StoreError for a database not ready. `clock` gives
    the time with its zone; `seed` makes chance the same on every call; `roll` knows trainees by their PINs.
    """
    settings = settings or Settings.from_environ(os.environ)
    if seed is not None:
        settings = replace(settings, seed=seed)
    # The shipped flows have passed their rules before they were shipped, and checking them again takes seconds.
    board = Switchboard(centre or load_centre(settings.flows, rules=settings.flows is not None), roll=roll)
    _check_numbers(settings, board)
    desk = Desk(
        settings=settings,
        board=board,
        store=store if store is not None else _store(settings),
        callers=CallerKey(settings.caller_secret),
        clock=clock or _now,
    )
    return _application(settings, desk)


def _application(settings: Settings, desk: Desk) -> Flask:
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.request_bytes
    app.url_map.merge_slashes = False  # a signed URL is the URL, to the letter
    app.url_map.converters["turn"] = TurnConverter
    app.register_blueprint(voice_routes(desk, Border(settings)))

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    app.register_error_handler(HTTPException, plain)
    return app


def _store(settings: Settings) -> CallStore:
    if settings.database is None:
        return MemoryCalls(most_calls=settings.limits.calls)
    return open_calls(settings.database)


def _check_numbers(settings: Settings, board: Switchboard) -> None:
    """Own numbers that answer as something which is not there would only show when somebody calls."""
    problems = []
    for number, target in settings.numbers.items():
        try:
            board.answering(target or board.centre.directory.lobby)
        except NumberError as error:
            problems.append(f"IVR_NUMBERS: {number}: {error}")
    if problems:
        raise SettingsError(problems)


def _now() -> datetime:
    return datetime.now(UTC)
