"""Twilio's side of the practice line: a Flask application. Serve it with `gunicorn 'webhooks:create_app()'`."""

from typing import TYPE_CHECKING

from webhooks.settings import Settings

if TYPE_CHECKING:
    from webhooks.app import create_app

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> object:
    """The application, loaded when it is asked for: most commands need the settings alone."""
    if name != "create_app":
        raise AttributeError(f"module 'webhooks' has no attribute '{name}'")
    from webhooks.app import create_app

    return create_app
