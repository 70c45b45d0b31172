"""The speech mark-up inside a Say: what is said in the end, and how much longer or shorter that takes.

https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml-tags
"""

import re
from collections.abc import Iterator, Mapping

from ivr.harness.speaking import WORD, speaking_time
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.media import Carried, carried
from ivr.harness.twiml.xml import Element

__all__ = ["SPEECH", "read_speech"]

SPEECH: Mapping[str, Carried] = {
    "break": carried("strength time"),
    "emphasis": carried(idle="level"),
    "lang": carried(idle="xml:lang"),
    "p": carried(),
    "phoneme": carried(idle="alphabet ph"),
    "prosody": carried("rate", "volume pitch"),
    "s": carried(),
    "say-as": carried("interpret-as", "format"),
    "sub": carried("alias"),
    "w": carried(idle="role"),
}

_TIME = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|s)")
_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?)%")

# The lengths Amazon Polly gives to the strengths of a break.
_STRENGTHS: Mapping[str, Milliseconds] = {
    "none": 0,
    "x-weak": 0,
    "weak": 200,
    "medium": 400,
    "strong": 600,
    "x-strong": 800,
}
# Polly takes a paragraph for an x-strong break, and a sentence for a strong one.
_PAUSES: Mapping[str, Milliseconds] = {"p": _STRENGTHS["x-strong"], "s": _STRENGTHS["strong"]}
LONGEST_BREAK: Milliseconds = 10_000

# "The speed of each option is approximate": these are steps between the bounds of a percentage.
_RATES: Mapping[str, float] = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "fast": 1.25, "x-fast": 1.5}
SLOWEST, FASTEST = 0.2, 2.0
SPELT = frozenset({"spell-out", "characters"})


def read_speech(element: Element) -> dict[str, object]:
    """A Say's text, with what a `sub` stands for, and what its mark-up adds to the time of its words."""
    if not element.children:
        return {"text": element.text}
    text = " ".join("".join(_words(element)).split())
    return {"text": text, "extra": round(_time(element, 1.0)) - speaking_time(text)}


def _words(element: Element) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield part
        elif part.name == "sub" and "alias" in part.attributes:
            yield part.attributes["alias"]
        elif part.name in ("break", *_PAUSES):
            yield " "
            yield from _words(part)
            yield " "
        else:
            yield from _words(part)


def _time(element: Element, rate: float) -> float:
    """Milliseconds for what is in the element, at this rate of the usual speed."""
    name, values = element.name, element.attributes
    if name == "prosody":
        rate *= _rate(values.get("rate", ""))
    if name == "sub" and "alias" in values:
        return speaking_time(values["alias"]) / rate
    if name == "say-as" and values.get("interpret-as") in SPELT:
        return len("".join("".join(_words(element)).split())) * WORD / rate
    own = _break(element) if name == "break" else _PAUSES.get(name, 0)
    return own + sum(
        speaking_time(part) / rate if isinstance(part, str) else _time(part, rate) for part in element.content
    )


def _rate(text: str) -> float:
    percent = _PERCENT.fullmatch(text)
    if percent is None:
        return _RATES.get(text, 1.0)
    return min(max(float(percent["number"]) / 100, SLOWEST), FASTEST)


def _break(element: Element) -> Milliseconds:
    time = _TIME.fullmatch(element.attributes.get("time", ""))
    if time is None:
        return _STRENGTHS.get(element.attributes.get("strength", "medium"), _STRENGTHS["medium"])
    scale = 1000 if time["unit"] == "s" else 1
    return min(round(float(time["number"]) * scale), LONGEST_BREAK)
