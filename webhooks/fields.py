"""The fields of Twilio's requests: which there are, what they look like, and what gives a splice away.

Twilio signs names and values one after the other without a mark between them, so that `Digits=1&From=+1555` signs as
the one field `Digits` with the value `1From+1555`. A request is therefore believed only when every field has the shape
it should have, and when no field seems to have swallowed another.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_plus

__all__ = ["Form", "read_form"]

REQUIRED = ("AccountSid", "CallSid", "CallStatus", "From", "To")
"""What comes with every request: https://www.twilio.com/docs/voice/twiml#request-parameters."""

SPEECH = "SpeechResult"
LONGEST = 4096
"""Characters of a value; a minute of speech, the most that a Gather takes, is far below."""

MOST_KEPT, LONGEST_KEPT = 4096, 256
"""How many fields are remembered, and how long one may be."""

_ADDRESS = re.compile(r".{0,256}")
_PLACE = re.compile(r"[^+\n]{0,100}")
_WORD = re.compile(r"[A-Za-z-]{0,32}")
_NUMBER = re.compile(r"[0-9]{0,12}")
_CALL = re.compile(r"CA[0-9a-fA-F]{32}")

SHAPES: dict[str, re.Pattern[str]] = {
    "AccountSid": re.compile(r"AC[0-9a-fA-F]{32}"),
    "ApiVersion": re.compile(r"[0-9-]{0,10}"),
    "CallDuration": _NUMBER,
    "CallSid": _CALL,
    "CallStatus": re.compile(r"[A-Za-z-]{1,32}"),
    "CallToken": re.compile(r"\S{0,2048}"),
    "CallbackSource": _WORD,
    "Confidence": re.compile(r"[A-Za-z0-9.+-]{0,32}"),
    "Digits": re.compile(r"[0-9*#A-Dw]{0,128}"),
    "Direction": _WORD,
    "Duration": _NUMBER,
    "ErrorCode": _NUMBER,
    "ErrorUrl": re.compile(r"\S{0,2048}"),
    "FinishedOnKey": re.compile(r"[0-9*#a-z]{0,16}"),
    "ForwardedFrom": _ADDRESS,
    "ParentCallSid": _CALL,
    "SequenceNumber": _NUMBER,
    "StirVerstat": _WORD,
    "msg": re.compile(r"[A-Za-z ]{0,32}"),
    SPEECH: re.compile(rf".{{0,{LONGEST}}}", re.DOTALL),
    "Timestamp": re.compile(r"[A-Za-z0-9 ,:+-]{0,40}"),
    **dict.fromkeys(("From", "To", "Caller", "Called", "CallerName"), _ADDRESS),
    **{
        f"{party}{place}": _PLACE
        for party in ("From", "To", "Caller", "Called")
        for place in ("City", "Country", "State", "Zip")
    },
}
"""Every field that is used, or that stands beside one that is. Twilio adds others without notice: they are ignored."""

HEARD = (SPEECH, "Digits", "Confidence")
"""What a splice could make vanish unnoticed, because it need not be there."""

STEADY = SHAPES.keys() - {*HEARD}
"""What Twilio tells over and over. What a caller keyed or said is never remembered."""

_known: dict[bytes, tuple[str, str]] = {}
"""Fields that fit, by the bytes they came as."""

_OTHER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_COMPOUND = [name for name in SHAPES if re.search("[a-z][A-Z]", name)]
_IN_WORDS = tuple(_COMPOUND)
"""Names that no recogniser would write, so that even what a caller said cannot contain them."""

_IN_VALUES = (*_COMPOUND, *HEARD)
"""Names that no other value may contain. `Caller` and the like are not among them: a SIP address may, and nobody uses
those fields."""
_SHORTEST = min(map(len, _IN_VALUES))


class Form(NamedTuple):
    """Fields as they came. `once` says that none is repeated, `believable` that they can be Twilio's."""

    fields: dict[str, str]
    once: bool
    believable: bool


def read_form(body: bytes) -> Form:
    """A form, read. Raises UnicodeDecodeError."""
    unfit: list[str] = []
    read = [_known.get(pair) or _read(pair, unfit) for pair in body.split(b"&") if pair]
    fields = dict(read)
    return Form(fields, len(fields) == len(read), not unfit and _likely(tuple(fields)))


def _read(pair: bytes, unfit: list[str]) -> tuple[str, str]:
    """A field. It is remembered, if it is of those that Twilio tells over and over; what does not fit is told."""
    name, _, value = (unquote_plus(part) for part in pair.decode().partition("="))
    if not _fits(name, value):
        unfit.append(name)
    elif name in STEADY and len(pair) <= LONGEST_KEPT:
        if len(_known) >= MOST_KEPT:
            _known.clear()
        _known[pair] = name, value
    return name, value


@lru_cache(maxsize=64)
def _likely(names: tuple[str, ...]) -> bool:
    return all(name in names for name in REQUIRED) and not _swallowed(names)


def _swallowed(names: Collection[str]) -> bool:
    """Whether a name has something heard in it: it swallows what is signed after it, so only what sorts after it."""
    missing = [heard for heard in HEARD if heard not in names]
    return any(heard in name and name < heard for name in names if name not in SHAPES for heard in missing)


def _fits(name: str, value: str) -> bool:
    if len(value) > LONGEST or _CONTROL.search(value):
        return False
    if len(value) >= _SHORTEST and any(each in value for each in (_IN_WORDS if name == SPEECH else _IN_VALUES)):
        return False
    shape = SHAPES.get(name)
    if shape is not None:
        return shape.fullmatch(value) is not None
    return _OTHER_NAME.fullmatch(name) is not None and not (name + value).startswith(HEARD)
