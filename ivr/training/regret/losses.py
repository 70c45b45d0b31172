"""What a call lost, by cause."""

from dataclasses import dataclass
from enum import StrEnum

from ivr.call.events import Event

__all__ = ["Cause", "Loss", "Regret"]


class Cause(StrEnum):
    """Why seconds were lost.

    `answering` is thinking, or saying at length what a word would do; `searching` the same where a detail was asked
    for; `listening` a prompt heard again, or longer than needed; `hold` a wait for a department that is not the right
    one, or a hold interrupted; `hung-up` a call given up, which has to be made again.
    """

    WRONG_NUMBER = "wrong-number"
    WRONG_TURN = "wrong-turn"
    NO_INPUT = "no-input"
    NO_MATCH = "no-match"
    RANDOM_KEYS = "random-keys"
    REFUSED_ESCAPE = "refused-escape"
    SEARCHING = "searching"
    ANSWERING = "answering"
    LISTENING = "listening"
    HOLD = "hold"
    HUNG_UP = "hung-up"


@dataclass(frozen=True, kw_only=True)
class Loss:
    """Seconds lost by one thing done, and the event that tells of it."""

    cause: Cause
    seconds: float
    event: Event


@dataclass(frozen=True, kw_only=True)
class Regret:
    """A call beside the best one. All in seconds; `spent + again = best + lost + chance - saved`.

    `spent` runs from the first ring to the right department, or to the end of a call that did not reach it; `again` is
    what another call will take then, and 0 otherwise. `best` is expected over chance; `chance` is what waits, wordings
    and early answers came to above what is expected of them, and may be below 0. `saved` is what was gained by being
    quicker than a route assumes: a prompt cut short, keys pressed fast.
    """

    spent: float
    best: float
    losses: tuple[Loss, ...]
    chance: float
    saved: float
    reached: bool
    again: float

    @property
    def lost(self) -> float:
        """The whole regret."""
        return sum(loss.seconds for loss in self.losses)

    @property
    def by_cause(self) -> dict[Cause, float]:
        """The regret of each cause that there is, largest first."""
        found: dict[Cause, float] = {}
        for loss in self.losses:
            found[loss.cause] = found.get(loss.cause, 0.0) + loss.seconds
        return dict(sorted(found.items(), key=lambda item: -item[1]))
