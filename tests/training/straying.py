"""A caller who does as one of the tempers does, but for a few acts of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.training.callers import Act, By, Plan, Temper, caller_of
from ivr.training.callers.questions import Listener
from ivr.training.callers.tempers import Talker

__all__ = ["Straying", "Takes"]

Acts = tuple[Act, ...]


@dataclass(frozen=True, kw_only=True)
class Takes:
    """A call of `temper`, but that it dials `number`, begins with the acts `first`, and does something else the first
    time a person asks one of the questions in `at`."""

    scenario: str = "dispute"
    temper: Temper = Temper.PREPARED
    by: By = "speech"
    number: str | None = None
    first: Acts = ()
    at: Mapping[str, Acts] = field(default_factory=dict)


class Straying:
    """Strays from a temper's way, and comes back to it."""

    def __init__(self, plan: Plan, takes: Takes) -> None:
        self._otherwise = caller_of(takes.temper, plan)
        self._listener = Listener(plan.case.people)
        self._next: list[Act] = list(takes.first)
        self._at = dict(takes.at)

    def act(self, heard: str, on_hold: bool) -> Act:
        """The next act of its own, if there is one."""
        asked = self._listener.asked(heard)
        if asked is not None and asked.question in self._at:
            self._next += self._at.pop(asked.question)
        if not self._next or (on_hold and asked is None):
            return self._otherwise.act(heard, on_hold)
        if isinstance(self._otherwise, Talker):
            self._otherwise.hear(heard)  # a name that was told is written down whatever comes next
        return self._next.pop(0)
