"""Attributes: what each may be, what it is when left out, and the code of Twilio's warning when it is wrong.

A verb's class declares them in its fields' annotations: one table for reader, documentation and fuzzer.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Generic, TypeVar, get_type_hints

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method

__all__ = ["Attribute", "Kind", "attribute", "attributes_of", "without_effect"]

T = TypeVar("T")

SCHEMA_WARNING = 12200  # https://www.twilio.com/docs/api/errors/12200


@frozen
class Kind(Generic[T]):
    """A kind of value: `read` turns its text into the value, or raises ValueError; `allowed` says what would do."""

    allowed: str
    read: Callable[[str], T]


@frozen
class Attribute:
    """One attribute of an element: its name in XML, its kind, and its warning's code when the value is wrong.

    Without `effect` it is read and checked, and changes nothing in a virtual call.
    """

    name: str
    field: str
    allowed: str
    read: Callable[[str], object]
    code: int
    effect: bool


@frozen
class Declared:
    """What a field's annotation says of the attribute it is."""

    allowed: str
    read: Callable[[str], object]
    name: str | None
    code: int
    effect: bool


def attribute(kind: Kind[T], *, name: str | None = None, code: int = SCHEMA_WARNING, effect: bool = True) -> Declared:
    """For a field's annotation: `name` where the XML name is not the field's in camel case.

    Without `effect` it is one that changes nothing in a virtual call: a voice, say, or a carrier's choice.
    """
    return Declared(allowed=kind.allowed, read=kind.read, name=name, code=code, effect=effect)


@cache
def attributes_of(node: type) -> dict[str, Attribute]:
    """The attributes of an element's class, by their names in XML."""
    found: dict[str, Attribute] = {}
    for field, hint in get_type_hints(node, include_extras=True).items():
        for declared in getattr(hint, "__metadata__", ()):
            if isinstance(declared, Declared):
                name = declared.name or _camel(field)
                found[name] = Attribute(
                    name=name,
                    field=field,
                    allowed=declared.allowed,
                    read=declared.read,
                    code=declared.code,
                    effect=declared.effect,
                )
    return found


@cache
def without_effect(node: type) -> frozenset[str]:
    """The names of its attributes that change nothing in a virtual call."""
    return frozenset(name for name, attribute in attributes_of(node).items() if not attribute.effect)


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def whole(at_least: int, at_most: int | None = None) -> Kind[int]:
    """A whole number within bounds."""
    most = "" if at_most is None else f" and at most {at_most}"

    def read(text: str) -> int:
        if not text.strip().isdecimal():
            raise ValueError(text)
        number = int(text)
        if number < at_least or (at_most is not None and number > at_most):
            raise ValueError(text)
        return number

    return Kind(allowed=f"a whole number, at least {at_least}{most}", read=read)


def one_of(*choices: str) -> Kind[str]:
    """One word of several, as written."""
    return _checked(f"one of {', '.join(choices)}", lambda text: text in choices)


def some_of(*choices: str) -> Kind[tuple[str, ...]]:
    """Words of several, with spaces or commas between."""

    def read(text: str) -> tuple[str, ...]:
        words = tuple(text.replace(",", " ").split())
        if not words or not set(words) <= set(choices):
            raise ValueError(text)
        return words

    return Kind(allowed=f"some of {', '.join(choices)}", read=read)


def matching(pattern: str, allowed: str) -> Kind[str]:
    """Text of a certain shape."""
    shape = re.compile(pattern)
    return _checked(allowed, lambda text: shape.fullmatch(text) is not None)


def _checked(allowed: str, holds: Callable[[str], bool]) -> Kind[str]:
    def read(text: str) -> str:
        if not holds(text):
            raise ValueError(text)
        return text

    return Kind(allowed=allowed, read=read)


def _method(text: str) -> Method:
    match text.upper():
        case "GET":
            return "GET"
        case "POST":
            return "POST"
        case _:
            raise ValueError(text)


def _flag(text: str) -> bool:
    match text.lower():
        case "true":
            return True
        case "false":
            return False
        case _:
            raise ValueError(text)


TEXT: Kind[str] = Kind(allowed="any text", read=str)
URL: Kind[str] = Kind(allowed="a URL, absolute or relative", read=str.strip)
METHOD: Kind[Method] = Kind(allowed="GET or POST", read=_method)
FLAG: Kind[bool] = Kind(allowed="true or false", read=_flag)
