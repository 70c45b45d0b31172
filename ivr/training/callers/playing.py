"""Playing: a caller hears, acts, and hears again until the call is over."""

from typing import Protocol

from ivr.training.callers.acts import Act, HangUp, Press, Say, Wait

__all__ = ["MOST_ACTS", "Caller", "Telephone", "play"]

MOST_ACTS = 200
"""Then even the most patient caller hangs up."""


class Telephone(Protocol):
    """A call as its caller has it."""

    @property
    def heard(self) -> str:
        """All that was said since the caller did something last."""
        ...

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        ...

    @property
    def on_hold(self) -> bool:
        """Whether there is nothing to do but wait."""
        ...

    def press(self, keys: str) -> object:
        """Presses keys."""
        ...

    def say(self, words: str) -> object:
        """Says words."""
        ...

    def wait(self) -> object:
        """Does nothing until the question gives up; on hold, until the next thing is said."""
        ...

    def hang_up(self) -> object:
        """Hangs up."""
        ...


class Caller(Protocol):
    """Decides what to do."""

    def act(self, heard: str, on_hold: bool) -> Act:
        """What to do after hearing this."""
        ...


def play(caller: Caller, phone: Telephone) -> tuple[Act, ...]:
    """Plays to the end of the call, and returns what was done."""
    done: list[Act] = []
    while not phone.over and len(done) < MOST_ACTS:
        act = caller.act(phone.heard, phone.on_hold)
        done.append(act)
        _do(phone, act)
    if not phone.over:
        phone.hang_up()
        done.append(HangUp())
    return tuple(done)


def _do(phone: Telephone, act: Act) -> None:
    match act:
        case Press(keys=keys):
            phone.press(keys)
        case Say(words=words):
            phone.say(words)
        case Wait():
            phone.wait()
        case HangUp():
            phone.hang_up()
