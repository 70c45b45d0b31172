"""Applications in this process, of either kind that Python has."""

from inspect import iscoroutinefunction
from typing import TypeAlias, cast
from wsgiref.types import WSGIApplication

from ivr.harness.fetch.asgi import AsgiApp, AsgiApplication
from ivr.harness.fetch.http import App
from ivr.harness.fetch.wsgi import WsgiApp

__all__ = ["LocalApplication", "in_process"]

LocalApplication: TypeAlias = WSGIApplication | AsgiApplication


def in_process(application: LocalApplication) -> App:
    """What answers for it; an ASGI application is known by its being called with `await`."""
    if iscoroutinefunction(application) or iscoroutinefunction(type(application).__call__):
        return AsgiApp(cast(AsgiApplication, application))
    return WsgiApp(cast(WSGIApplication, application))
