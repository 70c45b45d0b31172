"""What a browser is told about every page, so that nobody can make more of one than it is.

https://owasp.org/www-project-secure-headers/
"""

from flask import Flask, Response

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
    headers = {**HEADERS, **({"Strict-Transport-Security": f"max-age={YEAR}"} if encrypted else {})}

    @app.after_request
    def strict(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
