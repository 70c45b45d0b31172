"""An event loop for an ASGI application, with its lifespan: what an ASGI server gives it besides requests."""

import asyncio
import atexit
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeAlias

__all__ = ["AsgiApplication", "Message", "StartupFailed", "server_of"]

Message: TypeAlias = MutableMapping[str, object]
AsgiApplication: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
Asking: TypeAlias = Callable[[Message], Coroutine[object, object, None]]

MOST_SERVERS = 32
SECONDS_TO_SHUT_DOWN = 2


class StartupFailed(Exception):
    """The application said that it could not start."""


class AsgiServer:
    """Runs the application in one loop on a thread of its own, as what its startup makes belongs to that loop.

    Whoever raises at the scope `lifespan` has none, and is asked all the same:
    https://asgi.readthedocs.io/en/latest/specs/lifespan.html.
    """

    def __init__(self, application: AsgiApplication) -> None:
        self._application = application
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._state: Message = {}

    def run(self, asking: Asking) -> None:
        """To its end, given the state of the lifespan; from any thread, also one with a loop that waits for us.

        Raises `StartupFailed`, and whatever the application raises.
        """
        self._start()
        asked = asking(dict(self._state))
        if threading.current_thread() is self._thread:  # the application is asked while it is asking
            with ThreadPoolExecutor(max_workers=1) as beside:
                beside.submit(asyncio.run, asked).result()
        else:
            asyncio.run_coroutine_threadsafe(asked, self._loop).result()

    def close(self) -> None:
        """Shut it down, if it was started."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._closing.set)
            self._thread.join(2 * SECONDS_TO_SHUT_DOWN)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                started: Future[None] = Future()
                thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
                thread.start()
                started.result()
                self._thread = thread

    async def _serve(self, started: "Future[None]") -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        to_app: asyncio.Queue[Message] = asyncio.Queue()
        from_app: asyncio.Queue[Message] = asyncio.Queue()
        lifespan = asyncio.create_task(self._live(to_app, from_app))
        to_app.put_nowait({"type": "lifespan.startup"})
        told = asyncio.create_task(from_app.get())
        await asyncio.wait((lifespan, told), return_when=asyncio.FIRST_COMPLETED)
        if told.done() and told.result()["type"] == "lifespan.startup.failed":
            started.set_exception(StartupFailed(str(told.result().get("message", ""))))
            return
        told.cancel()
        started.set_result(None)
        await self._closing.wait()
        to_app.put_nowait({"type": "lifespan.shutdown"})
        await asyncio.wait((lifespan,), timeout=SECONDS_TO_SHUT_DOWN)

    async def _live(self, to_app: "asyncio.Queue[Message]", from_app: "asyncio.Queue[Message]") -> None:
        scope: Message = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self._state,
        }
        with suppress(Exception):
            await self._application(scope, to_app.get, from_app.put)


_servers: dict[int, AsgiServer] = {}
_lock = threading.Lock()


def server_of(application: AsgiApplication) -> AsgiServer:
    """The one of this application in the process, whatever tests it is called in.

    It is started at its first request, and shut down at the exit of the process, or when many others have been used
    since.
    """
    with _lock:
        server = _servers.pop(id(application), None) or AsgiServer(application)
        _servers[id(application)] = server
        out_of_use = _servers.pop(next(iter(_servers))) if len(_servers) > MOST_SERVERS else None
    if out_of_use is not None:
        out_of_use.close()
    return server


@atexit.register
def _close_all() -> None:
    for server in _servers.values():
        server.close()
