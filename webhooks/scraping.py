"""`/metrics`, for Prometheus alone: it shows a bearer token, or finds nothing there."""

import hmac

from flask import Blueprint, Response, abort, request

from webhooks.metrics import CONTENT_TYPE, Metrics

__all__ = ["metrics_route"]


def metrics_route(metrics: Metrics, token: str | None) -> Blueprint:
    """The route; without a token it answers nobody."""
    scraping = Blueprint("scraping", __name__)

    @scraping.get("/metrics")
    def exposition() -> Response:
        if token is None:
            abort(404)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(errors="replace"), token.encode()):
            abort(401)
        return Response(metrics.exposition(), content_type=CONTENT_TYPE)

    return scraping
