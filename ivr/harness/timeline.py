"""Virtual time: what is due happens in order, and between two happenings no time is spent.

Time is whole milliseconds since the exchange began, so that sums are exact and a transcript is the same anywhere.
"""

import heapq
from collections.abc import Callable
from threading import RLock
from typing import TypeAlias

__all__ = ["Milliseconds", "Timeline", "milliseconds"]

Milliseconds: TypeAlias = int
Action: TypeAlias = Callable[[], None]

MOMENT: Milliseconds = 50  # of real time


def milliseconds(seconds: float) -> Milliseconds:
    """Seconds to the nearest whole millisecond."""
    return round(seconds * 1000)


class Timeline:
    """A clock and what is yet to happen.

    `pace` is called with the seconds that pass, a moment at a time: nothing by default, a sleep for real time.
    """

    __slots__ = ("_count", "_due", "_pace", "now", "turn")

    def __init__(self, *, pace: Callable[[float], None] | None = None) -> None:
        self.now: Milliseconds = 0
        self._due: list[tuple[Milliseconds, int, Action]] = []
        self._count = 0
        self._pace = pace
        self.turn = RLock()
        """Held by whoever changes the exchange: time passing, or a REST request that comes from another thread."""

    def at(self, when: Milliseconds, action: Action) -> None:
        """Do this at that time, after everything already due then; a time gone by means now."""
        self._count += 1
        heapq.heappush(self._due, (when if when > self.now else self.now, self._count, action))

    def soon(self, action: Action) -> None:
        """Do this now, after everything already due now."""
        self.at(self.now, action)

    def step(self, *, until: Milliseconds | None = None) -> bool:
        """Let the next thing happen; False when nothing is due, or nothing by `until`."""
        with self.turn:
            due = self._due
            while due and (until is None or due[0][0] <= until):
                if due[0][0] <= self.now:
                    heapq.heappop(due)[2]()
                    return True
                self._pass(due[0][0])  # meanwhile others may have done something that is due before
            return False

    @property
    def next_due(self) -> Milliseconds | None:
        """When the next thing happens, as far as is known."""
        with self.turn:
            return self._due[0][0] if self._due else None

    def run_until(self, when: Milliseconds) -> None:
        """Let everything happen that is due by that time, and make it that time."""
        with self.turn:
            self._run_until(when)

    def pass_moment(self, *, until: Milliseconds | None) -> bool:
        """Let everything happen that is due next, `until` at the latest; False when nothing ever happens."""
        with self.turn:
            due = self._due[0][0] if self._due else None
            if due is None or (until is not None and due > until):
                due = until
            if due is None:
                return False
            self._run_until(due)
            return True

    def _run_until(self, when: Milliseconds) -> None:
        due = self._due
        while True:
            if due and due[0][0] <= self.now:
                heapq.heappop(due)[2]()
            elif when <= self.now:
                return
            else:
                self._pass(min(due[0][0], when) if due else when)

    def _pass(self, when: Milliseconds) -> None:
        """Make it that time; where it really passes, a moment nearer to it, since others may act meanwhile."""
        if self._pace is not None:
            when = min(when, self.now + MOMENT)
            self.turn.release()
            try:
                self._pace((when - self.now) / 1000)
            finally:
                self.turn.acquire()
        if when > self.now:
            self.now = when
