"""Expectations as text.

    heard "words"           said to the caller at any time so far
    just heard "words"      said since the caller last pressed or said something
    dialled +14155550101    also client:alice and sip:alice@example.com; without one, anybody
    queued support          put into that queue; without a name, into any
    recorded                or recorded "words": a recording was made, of these words
    left message            or left message "words": the voicemail at the far end recorded them
    played hold.mp3         a sound whose URL ends so
    requested /menu Digits=1    a request whose URL ends so, with these parameters
    warned                  or warned 12200: one of Twilio's warnings or errors; also warning
    asked                   the application listens for keys or speech, or records
    on hold                 in a queue, or alone in a conference
    connected               to somebody who can hear the caller
    ended                   or ended busy: the call is over, with that status

Before each may stand `not`, and before all that `at +14155550101`: then it is expected of the leg dialled there. Words
match whatever their case, spacing and punctuation.
"""

import re
import shlex
from collections.abc import Callable, Mapping

from ivr.errors import ScriptError
from ivr.harness.addresses import address_of
from ivr.harness.expect.values import (
    ASKED,
    CONNECTED,
    ON_HOLD,
    At,
    Dialled,
    Ended,
    Expectation,
    Heard,
    JustHeard,
    LeftMessage,
    Not,
    Plain,
    Played,
    Queued,
    Recorded,
    Requested,
    Stands,
    Warned,
)
from ivr.harness.status import CallStatus

__all__ = ["parse_expectation"]

FINAL = (CallStatus.COMPLETED, CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.FAILED, CallStatus.CANCELED)

ALLOWED = (
    'expected heard "…", just heard "…", dialled NUMBER, queued NAME, recorded, left message, played FILE, '
    "requested PATH, warned, asked, on hold, connected or ended, and before any of them `not`, or at NUMBER"
)


def parse_expectation(text: str) -> Expectation:
    """The value of a text as in the list above; raises ScriptError, which says what would be allowed."""
    elsewhere = re.match(r"at\s+(?P<to>\S+)\s+(?P<expected>.+)", text.strip(), re.IGNORECASE | re.DOTALL)
    if elsewhere is None:
        return _negatable(text.strip())
    return At(to=_address(elsewhere["to"]), expected=_negatable(elsewhere["expected"]))


def _negatable(text: str) -> Plain | Not:
    negated = re.match(r"not\s+", text, re.IGNORECASE)
    plain = _plain(text[negated.end() :] if negated else text)
    return Not(expected=plain) if negated else plain


def _plain(text: str) -> Plain:
    for name, read in _READERS.items():
        match = re.match(rf"{name}(?=\s|\Z)", text, re.IGNORECASE)
        if match:
            return read(text[match.end() :].strip())
    raise ScriptError(f"'{text}' is nothing that can be expected; {ALLOWED}")


def _words(argument: str) -> str:
    if len(argument) > 1 and argument[0] == argument[-1] == '"':
        argument = argument[1:-1]
    if not argument.strip():
        raise ScriptError('which words? Write them so: heard "press 1"')
    return argument


def _recorded(argument: str) -> Recorded:
    return Recorded(words=_words(argument) if argument else "")


def _dialled(argument: str) -> Dialled:
    return Dialled(to=_address(argument) if argument else None)


def _address(argument: str) -> str:
    number = address_of(argument)
    if number is None:
        raise ScriptError(f"'{argument}' is no number, expected one such as +14155550101, client:NAME or sip:ADDRESS")
    return number


def _named(argument: str, what: str) -> str:
    if not argument:
        raise ScriptError(f"which {what}?")
    return argument


def _requested(argument: str) -> Requested:
    try:
        url, *pairs = shlex.split(_named(argument, "URL or path"))
    except ValueError as problem:
        raise ScriptError(f"a quote in '{argument}' is never closed") from problem
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise ScriptError(f"'{wrong[0]}' is no parameter, expected NAME=VALUE")
    return Requested(url=url, params=dict(pair.split("=", 1) for pair in pairs))


def _warned(argument: str) -> Warned:
    if argument and not argument.isdecimal():
        raise ScriptError(f"'{argument}' is no code of Twilio's, expected a number such as 12200")
    return Warned(code=int(argument) if argument else None)


def _ended(argument: str) -> Ended:
    statuses = [status.value for status in FINAL]
    if argument and argument not in statuses:
        raise ScriptError(f"no call ends '{argument}', expected one of {', '.join(statuses)}")
    return Ended(status=CallStatus(argument) if argument else None)


def _stands(stands: Stands) -> Callable[[str], Stands]:
    def read(argument: str) -> Stands:
        if argument:
            raise ScriptError(f"nothing can stand after '{stands}', and not '{argument}'")
        return stands

    return read


_READERS: Mapping[str, Callable[[str], Plain]] = {
    "heard": lambda argument: Heard(words=_words(argument)),
    "just heard": lambda argument: JustHeard(words=_words(argument)),
    "dialled": _dialled,
    "queued": lambda argument: Queued(queue=argument or None),
    "recorded": _recorded,
    "left message": lambda argument: LeftMessage(words=_words(argument) if argument else ""),
    "played": lambda argument: Played(sound=_named(argument, "sound")),
    "requested": _requested,
    "warned": _warned,
    "warning": _warned,
    "asked": _stands(ASKED),
    "on hold": _stands(ON_HOLD),
    "connected": _stands(CONNECTED),
    "ended": _ended,
}
