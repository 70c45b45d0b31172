"""Python runs this first where the folder is on PYTHONPATH: requests to twilio.com go to IVR_TWILIO_API, and not out.

The two libraries that Twilio's own sends by, `requests` and `aiohttp`, are changed when the application imports them.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

HERE = os.environ.get("IVR_TWILIO_API", "")


def _moved(url: str) -> str:
    parts, here = urlsplit(url), urlsplit(HERE)
    host = (parts.hostname or "").rstrip(".")
    if host != "twilio.com" and not host.endswith(".twilio.com"):
        return url
    return parts._replace(scheme=here.scheme, netloc=here.netloc).geturl()


def _change_requests(module: ModuleType) -> None:
    send = module.HTTPAdapter.send

    @wraps(send)
    def moved(self: object, request: Any, *arguments: object, **named: object) -> object:
        request.url = _moved(request.url)
        return send(self, request, *arguments, **named)

    module.HTTPAdapter.send = moved


def _change_aiohttp(module: ModuleType) -> None:
    ask = module.ClientSession._request

    @wraps(ask)
    async def moved(self: object, method: str, url: object, **named: object) -> object:
        return await ask(self, method, _moved(str(url)), **named)

    module.ClientSession._request = moved


CHANGES: Mapping[str, Callable[[ModuleType], None]] = {
    "requests.adapters": _change_requests,
    "aiohttp.client": _change_aiohttp,
}


class _Changing(MetaPathFinder):
    """Finds these modules where they are, and changes them once they are loaded."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        change = CHANGES.get(fullname)
        spec = PathFinder.find_spec(fullname, path) if change else None
        if change is None or spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            change(module)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign]
        return spec


def _run_the_other() -> None:
    """The sitecustomize that this one stands before, if there is one."""
    own = os.path.dirname(os.path.realpath(__file__))
    elsewhere = [folder for folder in sys.path if os.path.realpath(folder) != own]
    spec = PathFinder.find_spec("sitecustomize", elsewhere)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


if HERE:
    sys.meta_path.insert(0, _Changing())
_run_the_other()
