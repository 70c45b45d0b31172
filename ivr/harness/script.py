"""What a caller does, as text: `press 1; say representative; wait 5; hang up`.

Steps are separated by `;` or a new line. There are no comments, because # is a key.

    press 1            keys 0-9 * # A-D; w pauses half a second, W a whole one
    say lost card      words; "in quotes" when they hold a ; and @0.4 for how well they were understood
    wait               silence until the current question gives up
    wait 5             5 seconds of silence; also 5s, 1.5 and 2m
    hang up            also hangup
    hand off {"a": 1}  at the socket of a ConversationRelay: close it, with HandoffData for the Connect's action
"""

import re
from functools import lru_cache
from typing import TypeAlias

from ivr.errors import ScriptError
from ivr.frozen import frozen

__all__ = ["HangUp", "Press", "Say", "Step", "Wait", "parse_keys", "parse_script"]

KEYS = frozenset("0123456789*#ABCD")
PAUSES = frozenset("wW")
LONGEST_WAIT_SECONDS = 24 * 60 * 60


@frozen
class Press:
    """Keys of the phone, in order; `w` and `W` among them are pauses."""

    keys: str


@frozen
class Say:
    """Words spoken; `confidence` is how sure the recogniser is of them, 0 to 1, or None for its usual."""

    words: str
    confidence: float | None = None


@frozen
class Wait:
    """Silence: so many seconds, or with None until the current question gives up."""

    seconds: float | None = None


@frozen
class HangUp:
    """The caller puts the phone down; `handoff` is what a ConversationRelay's socket hands over as it closes."""

    handoff: str = ""


Step: TypeAlias = Press | Say | Wait | HangUp

ALLOWED = "a step is press KEYS, say WORDS, wait, wait SECONDS, hang up, or hand off DATA"

_PIECE = re.compile(r'(?:"[^"\n]*"?|[^;\n"])+')  # a quote never closed runs to the end of its line
_CONFIDENCE = re.compile(r"(?P<words>.*?)\s*@\s*(?P<confidence>\S+)\s*\Z", re.DOTALL)
_QUOTED = re.compile(r'"(?P<words>[^"]*)"(?P<rest>.*)\Z', re.DOTALL)
_SECONDS = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>s|m)?\Z", re.IGNORECASE)


def parse_script(text: str) -> tuple[Step, ...]:
    """The steps of a script; raises ScriptError with every problem, each with its step's number."""
    steps: list[Step] = []
    problems: list[str] = []
    pieces = (piece.strip() for piece in _PIECE.findall(text))
    for number, piece in enumerate(filter(None, pieces), start=1):
        try:
            steps.append(_step(piece))
        except ValueError as problem:
            problems.append(f"step {number} ({piece}): {problem}")
    if problems:
        raise ScriptError("\n".join(problems))
    return tuple(steps)


@lru_cache(maxsize=256)
def parse_keys(text: str) -> Press:
    """The keys of a step, without its verb; raises ScriptError."""
    try:
        return _press(text)
    except ValueError as problem:
        raise ScriptError(f"press {text}: {problem}") from problem


def _step(piece: str) -> Step:
    verb, *rest = piece.split(maxsplit=1)
    argument = rest[0] if rest else ""
    match verb.lower():
        case "press":
            return _press(argument)
        case "say":
            return _say(argument)
        case "wait":
            return _wait(argument)
        case "hang" if argument.lower() == "up":
            return HangUp()
        case "hangup" if not argument:
            return HangUp()
        case "hand" if argument.split(maxsplit=1)[:1] == ["off"]:
            return _hand_off(argument.removeprefix("off").strip())
        case _:
            raise ValueError(f"not a step; {ALLOWED}")


def _press(argument: str) -> Press:
    keys = "".join(argument.split())
    typed = "".join(key if key in PAUSES else key.upper() for key in keys)
    wrong = sorted(set(typed) - KEYS - PAUSES)
    if wrong:
        raise ValueError(f"no such key: {' '.join(wrong)}; keys are 0-9 * # A-D, and w or W to pause")
    if not typed:
        raise ValueError("press what? keys are 0-9 * # A-D, and w or W to pause")
    return Press(keys=typed)


def _say(argument: str) -> Say:
    if argument.startswith('"'):
        quoted = _QUOTED.match(argument)
        if quoted is None:
            raise ValueError('the quote is never closed; write say "the words"')
        words, rest = quoted["words"], quoted["rest"].strip()
        if rest and not rest.startswith("@"):
            raise ValueError(f"after the quoted words may stand @0.4 (a confidence) only, not {rest}")
        return _spoken(words, rest.removeprefix("@") or None)
    with_confidence = _CONFIDENCE.match(argument)
    if with_confidence:
        return _spoken(with_confidence["words"], with_confidence["confidence"])
    return _spoken(argument, None)


def _spoken(words: str, confidence: str | None) -> Say:
    said = " ".join(words.split())
    if not said:
        raise ValueError("say what? write say and the words")
    return Say(words=said, confidence=None if confidence is None else _confidence(confidence.strip()))


def _confidence(text: str) -> float:
    try:
        confidence = float(text)
    except ValueError:
        confidence = -1.0
    if not 0.0 <= confidence <= 1.0:
        raise ValueError(f"a confidence is a number from 0 to 1, such as @0.4, not @{text}")
    return confidence


def _hand_off(data: str) -> HangUp:
    if not data:
        raise ValueError('hand off what? write hand off and the data, such as {"reason": "billing"}')
    return HangUp(handoff=data)


def _wait(argument: str) -> Wait:
    if not argument:
        return Wait()
    match = _SECONDS.match(argument)
    if match is None:
        raise ValueError("wait takes seconds (5, 5s, 1.5) or minutes (2m), or nothing")
    seconds = float(match["number"]) * (60 if (match["unit"] or "s").lower() == "m" else 1)
    if seconds > LONGEST_WAIT_SECONDS:
        raise ValueError("no call lasts longer than 24 hours (1440m)")
    return Wait(seconds=seconds)
