"""How long a hold lasts, with what is said on it: for a drawn wait, or expected."""

from functools import lru_cache

from ivr.call.holding import in_words, is_next
from ivr.call.pace import speaking_seconds
from ivr.flow.centre import ContactCentre
from ivr.flow.closed import Prompt
from ivr.flow.departments import Department
from ivr.flow.sayings import Sayings
from ivr.training.routes.luck import Luck

__all__ = ["Holds", "holds_of", "spoken_seconds"]


@lru_cache(maxsize=65536)
def spoken_seconds(text: str) -> float:
    """How long a text takes to say."""
    return speaking_seconds(text)


class Holds:
    """Seconds from the transfer's announcement to the department's answer, for a caller who waits."""

    def __init__(self, centre: ContactCentre, luck: Luck) -> None:
        self._centre = centre
        self._luck = luck
        self._found: dict[tuple[int, str, int], float] = {}

    def seconds(self, line: str, name: str, draws: int) -> float:
        """The hold for a department on a line, after so many draws; the estimate that begins it is included."""
        sayings = self._centre.tree(line).line.sayings
        key = (id(sayings), name, draws)  # lines that say the same share one value
        if key not in self._found:
            self._found[key] = self._last(self._centre.departments[name], sayings, draws)
        return self._found[key]

    def _last(self, department: Department, sayings: Sayings, draws: int) -> float:
        waits, draws = self._luck.waits(department.wait, draws)
        return sum(share * _Hold(department, sayings, self._luck, draws).last(total) for total, share in waits)


@lru_cache(maxsize=16)
def holds_of(centre: ContactCentre, luck: Luck) -> Holds:
    """The holds of a centre, shared by all plans."""
    return Holds(centre, luck)


class _Hold:
    """One hold as the engine goes through it."""

    def __init__(self, department: Department, sayings: Sayings, luck: Luck, draws: int) -> None:
        self._department = department
        self._sayings = sayings
        self._luck = luck
        self._draws = draws

    def last(self, total: float) -> float:
        """Seconds in all, where `total` is the wait."""
        seconds = self._said(self._sayings.wait_estimate, total)
        every, passed = self._department.announce_every, 0.0
        stretch = min(every, total)
        while True:
            seconds += stretch
            passed = min(total, passed + stretch)
            left = total - passed
            if left < 0.5:
                return seconds
            seconds += self._announced(left)
            stretch = min(every, left)

    def _announced(self, left: float) -> float:
        if is_next(left):
            return self._said(self._sayings.nearly_there)
        seconds = self._said(self._department.holding) + self._said(self._sayings.still_holding, left)
        return seconds + (self._said(self._sayings.callback_offer) if self._department.callback else 0.0)

    def _said(self, prompt: Prompt, wait: float = 0.0) -> float:
        texts = [spoken_seconds(text.replace("{wait}", in_words(wait))) for text in prompt]
        seconds, self._draws = self._luck.pick(texts, self._draws)
        return seconds
