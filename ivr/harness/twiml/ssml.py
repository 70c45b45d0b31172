"""The speech mark-up inside a Say: what is said in the end, and how long it is silent in between."""

import re
from collections.abc import Iterator, Mapping

from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.xml import Element

__all__ = ["read_speech"]

_TIME = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|s)")

# The lengths Amazon Polly gives to the strengths of a break.
_STRENGTHS: Mapping[str, Milliseconds] = {
    "none": 0,
    "x-weak": 0,
    "weak": 200,
    "medium": 400,
    "strong": 600,
    "x-strong": 800,
}
LONGEST_BREAK: Milliseconds = 10_000


def read_speech(element: Element) -> Mapping[str, object]:
    """A Say's text, with what a `sub` stands for, and the silence of its breaks."""
    text = " ".join("".join(_words(element)).split())
    return {"text": text, "silence": _silence(element)}


def _words(element: Element) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield part
        elif part.name == "sub" and "alias" in part.attributes:
            yield part.attributes["alias"]
        elif part.name == "break":
            yield " "
        else:
            yield from _words(part)


def _silence(element: Element) -> Milliseconds:
    own = _break(element) if element.name == "break" else 0
    return own + sum(_silence(child) for child in element.children)


def _break(element: Element) -> Milliseconds:
    time = _TIME.fullmatch(element.attributes.get("time", ""))
    if time is None:
        return _STRENGTHS.get(element.attributes.get("strength", "medium"), _STRENGTHS["medium"])
    scale = 1000 if time["unit"] == "s" else 1
    return min(round(float(time["number"]) * scale), LONGEST_BREAK)
