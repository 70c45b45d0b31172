"""A telephone without a network: presses, says and waits on a session, and moves a virtual clock as it does.

A caller here hears every prompt to its end before acting, unless told to barge in; keys typed ahead go on to the next
question, as they do on a real line.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ivr.call.input import CallerInput, HungUp, Pressed, Silent, Spoke
from ivr.call.pace import keying_seconds, speaking_seconds
from ivr.call.session import CallSession
from ivr.call.turn import Ended, Holding, Turn, Words, must_be_heard, take_keys

__all__ = ["Handset", "VirtualClock"]


class VirtualClock:
    """A clock that moves only when told. `pass_time` hears the seconds of each move: real time sleeps there."""

    def __init__(self, now: datetime, pass_time: Callable[[float], None] = lambda seconds: None) -> None:
        self.now = now
        self._pass_time = pass_time

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Lets seconds pass."""
        self._pass_time(seconds)
        self.now += timedelta(seconds=seconds)


class Handset:
    """A caller's end of one call. `on_turn` is told of every turn as it comes, before its words take their time.

    With `barge_in` a question is answered as soon as it may be: what must be heard is heard, and nothing more.
    """

    def __init__(
        self,
        session: CallSession,
        clock: VirtualClock,
        on_turn: Callable[[Turn], None],
        *,
        barge_in: bool = False,
    ) -> None:
        self._session = session
        self._clock = clock
        self._on_turn = on_turn
        self._barge_in = barge_in
        self.turn = self._hearing(session.begin())

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return isinstance(self.turn.then, Ended)

    @property
    def holding(self) -> bool:
        """Whether the caller is on hold."""
        return isinstance(self.turn.then, Holding)

    def press(self, keys: str) -> None:
        """Presses keys; what one question does not take goes to the next."""
        while keys and not self.over:
            then = self.turn.then
            if isinstance(then, Ended):
                return
            taken, keys = (keys[0], keys[1:]) if isinstance(then, Holding) else take_keys(then, keys)
            self._clock.advance(keying_seconds(taken or "#"))
            self._send(Pressed(keys=taken))

    def say(self, words: str, confidence: float = 1.0) -> None:
        """Says words."""
        self._clock.advance(speaking_seconds(words))
        self._send(Spoke(words=words, confidence=confidence))

    def wait(self, seconds: float | None = None) -> None:
        """Stays silent for so many seconds, or until the question gives up; on hold, for the stretch that passes."""
        if seconds is None:
            self._wait_through()
            return
        left = seconds
        while not self.over and left >= self._patience():
            before = self._clock.now
            self._wait_through()
            left -= (self._clock.now - before).total_seconds()
        if not self.over and left > 0:
            self._clock.advance(left)

    def wait_out_hold(self) -> None:
        """Stays on hold until somebody answers."""
        while self.holding:
            self._wait_through()

    def hang_up(self) -> None:
        """Hangs up."""
        if not self.over:
            self._send(HungUp())

    def _patience(self) -> float:
        then = self.turn.then
        if isinstance(then, Ended):
            return 0.0
        return then.seconds if isinstance(then, Holding) else then.silence

    def _wait_through(self) -> None:
        if not self.over:
            self._clock.advance(self._patience())
            self._send(Silent())

    def _send(self, heard: CallerInput) -> None:
        self.turn = self._hearing(self._session.hear(heard))

    def _hearing(self, turn: Turn) -> Turn:
        self._on_turn(turn)
        if not isinstance(turn.then, Ended):
            self._clock.advance(sum(speaking_seconds(words.text) for words in self._listened_to(turn)))
        return turn

    def _listened_to(self, turn: Turn) -> Sequence[Words]:
        if not self._barge_in or isinstance(turn.then, Holding):
            return turn.words
        return must_be_heard(turn.words)
