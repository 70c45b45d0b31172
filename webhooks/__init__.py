"""Twilio's side of the practice line: a Flask application. Serve it with `gunicorn 'webhooks:create_app()'`."""

from webhooks.app import create_app
from webhooks.settings import Settings

__all__ = ["Settings", "create_app"]
