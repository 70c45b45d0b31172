"""What a browser is told about every page, so that nobody can make more of one than it is.

https://owasp.org/www-project-secure-headers/
"""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

__all__ = ["strict_headers"]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Only what comes from here, nothing inline, in nobody's frame."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

YEAR = 365 * 24 * 60 * 60


def strict_headers(app: Flask, *, encrypted: bool) -> None:
    """Adds them to every answer of `app` that has not set them itself; `encrypted` is for one behind https.

    Nothing is kept by anybody on the way, unless an answer says that it may be.
    """
    headers = {**HEADERS, "Cache-Control": "no-store"}
    if encrypted:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    strict = {name.lower(): (name, value) for name, value in headers.items()}
    inner = app.wsgi_app

    def stricter(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, told: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            wanting = strict if strict.keys().isdisjoint(_names(told)) else _without(strict, _names(told))
            return start_response(status, [*told, *wanting.values()], *error)

        return inner(environ, start)

    app.wsgi_app = stricter  # type: ignore[method-assign]  # as Flask's own page has it


def _names(told: list[tuple[str, str]]) -> list[str]:
    return [name.lower() for name, _ in told]


def _without(strict: dict[str, tuple[str, str]], names: list[str]) -> dict[str, tuple[str, str]]:
    return {name: header for name, header in strict.items() if name not in names}
