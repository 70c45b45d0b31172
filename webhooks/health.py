"""Whether the application is alive, and whether it is ready for calls: for whoever watches over it."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Response, jsonify

from webhooks.logs import logger, place

__all__ = ["Check", "health_routes"]

Check = Callable[[], Sequence[str]]
"""Looks at one thing, and says what is wrong with it: nothing where it is well."""

log = logger(__name__)


def health_routes(checks: Mapping[str, Check]) -> Blueprint:
    """`/healthz`: this process answers. `/readyz`: so does everything it needs, by the names in `checks`."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @health.get("/readyz")
    def readyz() -> Response:
        wrong = [name for name, check in checks.items() if not _well(name, check)]
        response = jsonify(status="not ready" if wrong else "ready", wrong=wrong)
        response.status_code = 503 if wrong else 200
        return response

    return health


def _well(name: str, check: Check) -> bool:
    """What is wrong is for the log: the page is open to all."""
    try:
        problems = check()
    except Exception as error:
        log.error("not ready", check=name, error=type(error).__name__, at=place(error))
        return False
    for problem in problems:
        log.error("not ready", check=name, problem=problem)
    return not problems
