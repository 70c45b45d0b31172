"""A handset that remembers what its caller heard since they did something last."""

from collections.abc import Callable

from ivr.call.handset import Handset, VirtualClock
from ivr.call.session import CallSession
from ivr.call.turn import Turn

__all__ = ["Earpiece"]


class Earpiece(Handset):
    """A handset for callers who listen before they act."""

    def __init__(
        self, session: CallSession, clock: VirtualClock, on_turn: Callable[[Turn], None] = lambda turn: None
    ) -> None:
        self._said: list[str] = []

        def hear(turn: Turn) -> None:
            self._said += (words.text for words in turn.words)
            on_turn(turn)

        super().__init__(session, clock, hear)

    @property
    def heard(self) -> str:
        """All that was said since the caller did something last."""
        return " ".join(self._said)

    @property
    def on_hold(self) -> bool:
        """Whether there is nothing to do but wait."""
        return self.holding

    def press(self, keys: str) -> None:
        """Presses keys; what one question does not take goes to the next."""
        self._said.clear()
        super().press(keys)

    def say(self, words: str, confidence: float = 1.0) -> None:
        """Says words."""
        self._said.clear()
        super().say(words, confidence)

    def wait(self, seconds: float | None = None) -> None:
        """Stays silent; see Handset."""
        self._said.clear()
        super().wait(seconds)
