"""What a browser is told about every answer, so that nobody can make more of one than it is.

https://owasp.org/www-project-secure-headers/
"""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

__all__ = ["TWIML", "strict_headers"]

TWIML = "text/xml; charset=utf-8"
"""The type of what Twilio is answered, and nobody else: only who signs gets a document, and no browser shows one."""

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
    "X-Frame-Options": "DENY",
}
"""For what a browser may take for a page."""

ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

YEAR = 365 * 24 * 60 * 60


def strict_headers(app: Flask, *, encrypted: bool) -> None:
    """Adds them to every answer of `app` that has not set them itself; `encrypted` is for one behind https.

    Nothing is kept by anybody on the way, unless an answer says that it may be.
    """
    headers = {**HEADERS, **ALWAYS}
    if encrypted:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    strict, always = ({name.lower(): (name, value) for name, value in some.items()} for some in (headers, ALWAYS))
    inner = app.wsgi_app

    def stricter(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, told: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            wanted = always if ("Content-Type", TWIML) in told else strict
            names = [name.lower() for name, _ in told]
            wanting = wanted if wanted.keys().isdisjoint(names) else _without(wanted, names)
            return start_response(status, [*told, *wanting.values()], *error)

        return inner(environ, start)

    app.wsgi_app = stricter  # type: ignore[method-assign]  # as Flask's own page has it


def _without(headers: dict[str, tuple[str, str]], names: list[str]) -> dict[str, tuple[str, str]]:
    return {name: header for name, header in headers.items() if name not in names}
