"""An application in this process by name, as servers take it, with a path in it: `shop.app:app/voice`."""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from pathlib import Path
from traceback import extract_tb
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
    except (Exception, SystemExit) as problem:
        raise ScriptError(f"'{text}' cannot be had: {_told(problem)}") from problem
    if not callable(found) or not (_takes(found, 2) or _takes(found, 3)):
        made = "; what it makes may be one: write () behind its name" if callable(found) and _takes(found, 0) else ""
        kind = found.__name__ if isinstance(found, type) else type(found).__name__
        raise ScriptError(
            f"'{text}' is no WSGI or ASGI application but a {kind}{made}; any other is called by its URL, once it runs"
        )
    return cast(LocalApplication, found), match["path"] or "/"


def _told(problem: BaseException) -> str:
    """What its code raised while it was loaded, and where; a name that is not there says enough by itself."""
    if isinstance(problem, ImportError | AttributeError | SyntaxError):
        return str(problem)
    frames = [frame for frame in extract_tb(problem.__traceback__) if not frame.filename.startswith("<")]
    return f"{type(problem).__name__}: {problem} ({frames[-1].filename}, line {frames[-1].lineno})"


def _takes(found: Callable[..., object], count: int) -> bool:
    """Whether it can be called with so many arguments: two as WSGI, three as ASGI."""
    try:
        signature(found).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # made in C, and says nothing of its arguments
        return True
    return True
