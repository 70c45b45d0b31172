"""Queues of callers: who waits, in what order, and how long the others waited.

https://www.twilio.com/docs/voice/twiml/enqueue and https://www.twilio.com/docs/voice/api/queue-resource.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ivr.harness.sids import Sids
from ivr.harness.timeline import Milliseconds

__all__ = ["Member", "Queue", "Queues"]

L = TypeVar("L")

USUAL_SIZE = 1000


@dataclass(kw_only=True, slots=True, eq=False)
class Member(Generic[L]):
    """A caller in a queue; `taken` is set at once when somebody takes them out."""

    leg: L
    since: Milliseconds
    taken: bool = False


@dataclass(kw_only=True, slots=True, eq=False)
class Queue(Generic[L]):
    """Callers in the order they came; `takers` are told when one comes."""

    sid: str
    name: str
    size: int = USUAL_SIZE
    members: list[Member[L]] = field(default_factory=list)
    takers: list[Callable[[], None]] = field(default_factory=list)
    waited: list[Milliseconds] = field(default_factory=list)

    def join(self, leg: L, now: Milliseconds) -> Member[L] | None:
        """The caller's place at the end, or None when it is full."""
        if len(self.members) >= self.size:
            return None
        member = Member(leg=leg, since=now)
        self.members.append(member)
        for tell in self.takers:
            tell()
        return member

    def position(self, member: Member[L]) -> int:
        """1 is the head; 0 when they are no longer in it."""
        return self.members.index(member) + 1 if member in self.members else 0

    def take(self, now: Milliseconds, member: Member[L] | None = None) -> Member[L] | None:
        """Take a caller out, the head unless said otherwise; None when nobody waits."""
        chosen = member or (self.members[0] if self.members else None)
        if chosen is None or chosen not in self.members:
            return None
        chosen.taken = True
        self.leave(chosen, now)
        return chosen

    def leave(self, member: Member[L], now: Milliseconds) -> None:
        """They wait no longer, for whatever reason."""
        if member in self.members:
            self.members.remove(member)
            self.waited.append(now - member.since)

    @property
    def average_wait(self) -> int:
        """Whole seconds that those gone waited."""
        return sum(self.waited) // len(self.waited) // 1000 if self.waited else 0


class Queues(Generic[L]):
    """The queues of an account, made when first used."""

    def __init__(self, sids: Sids) -> None:
        self._sids = sids
        self.by_sid: dict[str, Queue[L]] = {}

    def named(self, name: str, *, size: int | None = None) -> Queue[L]:
        """The queue of that name, or of that SID; made if there is none."""
        for queue in self.by_sid.values():
            if name in (queue.name, queue.sid):
                return queue
        queue = Queue[L](sid=self._sids.make("QU"), name=name, size=size or USUAL_SIZE)
        self.by_sid[queue.sid] = queue
        return queue
