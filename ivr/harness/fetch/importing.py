"""An application in this process by name, as servers take it, with a path in it: `shop.app:app/voice`."""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import cast

from ivr.errors import ScriptError
from ivr.harness.fetch.local import LocalApplication

__all__ = ["application_named", "is_named"]

_NAMED = re.compile(r"(?P<module>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):(?P<name>[A-Za-z_][\w.]*(?:\(\))?)(?P<path>/\S*)?")


def is_named(text: str) -> bool:
    """Whether it has that form."""
    return _NAMED.fullmatch(text.strip()) is not None


def application_named(text: str) -> tuple[LocalApplication, str]:
    """The application, and the path; `module:make()` calls it first. Raises ScriptError.

    The current directory is searched too, as by gunicorn and uvicorn.
    """
    match = _NAMED.fullmatch(text.strip())
    if match is None:
        raise ScriptError(f"'{text}' names no application, expected MODULE:NAME such as shop.app:app/voice")
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        found: object = import_module(match["module"])
        for name in match["name"].removesuffix("()").split("."):
            found = getattr(found, name)
        if match["name"].endswith("()") and callable(found):
            found = found()
    except (ImportError, AttributeError) as problem:
        raise ScriptError(f"'{text}' cannot be had: {problem}") from problem
    if not callable(found):
        raise ScriptError(f"'{text}' is no WSGI or ASGI application: it cannot be called")
    return cast(LocalApplication, found), match["path"] or "/"
