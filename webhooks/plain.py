"""What is refused, in plain text: nobody reads it but a developer with curl."""

from flask import Response
from werkzeug.exceptions import HTTPException

__all__ = ["plain"]


def plain(error: HTTPException) -> Response:
    """The error with its headers, without a page around it, and without a word of what was sent."""
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return Response(f"{error.code} {error.name}\n", status=error.code, headers=headers, mimetype="text/plain")
