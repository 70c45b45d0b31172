"""What is printed of a call as it goes: a transcript to read, or events as JSON lines."""

import json
from collections.abc import Callable, Sequence
from typing import Protocol

from ivr.call import CallSession, Ended, Holding, Turn
from ivr.call.events import Event, event_to_json
from ivr.call.holding import in_words
from ivr.cli.columns import in_columns
from ivr.cli.counting import counted

__all__ = ["JsonLines", "Reporter", "Transcript"]

Print = Callable[[str], None]

_OUTCOMES = {
    "connected": "You reached {department}.",
    "callback": "A callback was noted.",
    "message": "A message was left.",
    "abandoned": "You hung up.",
    "disconnected": "The line hung up.",
}


class Reporter(Protocol):
    """Told of a call as it goes."""

    def turn(self, session: CallSession, turn: Turn) -> None:
        """The system's next turn."""

    def caller(self, did: str) -> None:
        """What the caller did, in the script's words."""

    def left_over(self, steps: Sequence[str]) -> None:
        """Steps that the call ended before."""

    def close(self) -> None:
        """The call is over."""


class Transcript:
    """Lines for people, broken between words where they would not fit in `width` columns."""

    def __init__(self, write: Print, width: int | None = None) -> None:
        self._write = write
        self._width = width

    def turn(self, session: CallSession, turn: Turn) -> None:
        for words in turn.words:
            # Who it is stays unsaid: to catch the name is the caller's business.
            self._spoken(f"  {'REP ' if words.speaker else 'LINE'}  {words.text}")
        match turn.then:
            case Holding() as holding:
                self._write(f"  ♪     on hold, about {in_words(holding.left)} to go")
            case Ended() as ended:
                self._write("")
                told = _OUTCOMES[ended.outcome].format(department=ended.department)
                self._write(f"{told} {counted(ended.turns, 'turn')}, {counted(round(ended.seconds), 'second')}.")

    def _spoken(self, line: str) -> None:
        self._write("\n".join(in_columns(line, self._width, 8)))

    def caller(self, did: str) -> None:
        self._write(f"  YOU   {did}")

    def left_over(self, steps: Sequence[str]) -> None:
        self._write(f"Not played, because the call had ended: {'; '.join(steps)}")

    def close(self) -> None:
        """Nothing is left to say."""


class JsonLines:
    """One JSON object an event; the last is `ended`, so it waits until the call is closed."""

    def __init__(self, write: Print) -> None:
        self._write = write
        self._told = 0
        self._ended: Event | None = None

    def turn(self, session: CallSession, turn: Turn) -> None:
        for event in session.events[self._told :]:
            if event.kind == "ended":
                self._ended = event
            else:
                self._write(json.dumps(event_to_json(event)))
        self._told = len(session.events)

    def caller(self, did: str) -> None:
        """The events say what was heard of it."""

    def left_over(self, steps: Sequence[str]) -> None:
        self._write(json.dumps({"event": "left-over", "steps": list(steps)}))

    def close(self) -> None:
        if self._ended is not None:
            self._write(json.dumps(event_to_json(self._ended)))
