"""What an ended call leaves to do: done on a thread of its own, so that no caller waits for it or hears of it."""

import threading
from queue import Empty, Queue

from ivr.call import CallRecord
from ivr.errors import RecordError
from ivr.stores.kept import KeptCall
from ivr.teaching.attempts import Attempts, Failed
from ivr.teaching.delivery import Courier
from webhooks.logs import about_call, about_nothing, logger, place
from webhooks.metrics import Metrics

__all__ = ["Afterwards"]

EVERY = 60.0
"""Seconds between two looks for what the record store is yet to be told."""

log = logger(__name__)


class Afterwards:
    """Keeps the attempts of trainees whose calls are over. Safe to share between threads.

    What failed, or was not done before a process ended, is done with the next attempt, in this process or another.
    """

    def __init__(self, attempts: Attempts, metrics: Metrics, courier: Courier | None = None) -> None:
        """With a `courier` a learning record store is told, at once and again later; the thread begins now."""
        self._attempts = attempts
        self._metrics = metrics
        self._courier = courier
        self._waiting: Queue[str] = Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._told: set[str] = set()
        if courier is not None:
            self._begin()

    def over(self, call: KeptCall) -> None:
        """Tells that a call has ended, and is kept. Returns at once, and raises nothing."""
        try:
            rehearsal = CallRecord.from_json(call.record).rehearsal
            if rehearsal is not None and rehearsal.trainee is not None:
                self._waiting.put(call.id)
                self._begin()
        except RecordError:  # nobody can read it, and it is no attempt
            pass
        except RuntimeError as error:  # no thread can be had
            self._metrics.attempt_not_kept()
            self._tell(call.id, error)

    def join(self) -> None:
        """Waits until all is done that calls have left to do."""
        self._waiting.join()

    def _begin(self) -> None:
        """The thread begins with the first attempt, and again where this process was forked from one that had it."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                thread = threading.Thread(target=self._work, name="afterwards", daemon=True)
                thread.start()
                self._thread = thread

    def _work(self) -> None:
        left_over = True
        while True:
            try:
                call = self._waiting.get(timeout=EVERY if self._courier else None)
            except Empty:
                self._deliver()
                continue
            failed = self._left_over() if left_over else self._kept(call)
            for which, error in failed:
                self._metrics.attempt_not_kept()
                self._tell(which, error)
            left_over = bool(failed)
            self._deliver()
            self._waiting.task_done()

    def _deliver(self) -> None:
        """A record store that is away costs a line in the log, and some patience: what waits is tried again."""
        if self._courier is None:
            return
        about_nothing()
        try:
            done = self._courier.deliver()
        except Exception as error:
            log.error("attempts were not told", error=type(error).__name__, at=place(error))
            return
        if done.left:
            log.warning("attempts were not told", left=done.left, problems=done.problems)

    def _kept(self, call: str) -> list[Failed]:
        try:
            self._attempts.keep(call)
        except Exception as error:
            return [(call, error)]
        return []

    def _left_over(self) -> list[Failed]:
        """Whatever has not been kept, the last call among it."""
        try:
            return self._attempts.catch_up()
        except Exception as error:
            return [("", error)]

    def _tell(self, call: str, error: Exception) -> None:
        """What is tried again and again is told once."""
        if call not in self._told:
            about_call(call)
            log.error("an attempt was not kept", error=type(error).__name__, at=place(error))
        if call:
            self._told.add(call)
