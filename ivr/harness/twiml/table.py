"""The table of elements: which verbs there are, what each may hold, and Twilio's warning for anything else in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from ivr.harness.twiml.attributes import SCHEMA_WARNING
from ivr.harness.twiml.control import Hangup, Redirect, Reject
from ivr.harness.twiml.dial import Dial, Number
from ivr.harness.twiml.gather import Gather
from ivr.harness.twiml.prompts import Pause, Play, Say
from ivr.harness.twiml.record import Record
from ivr.harness.twiml.ssml import read_speech
from ivr.harness.twiml.xml import Element

__all__ = ["VERBS", "Noun", "Rule", "Verb"]

Verb: TypeAlias = Say | Play | Pause | Gather | Record | Dial | Redirect | Hangup | Reject
Noun: TypeAlias = Number

V_co = TypeVar("V_co", covariant=True)

INVALID_TEXT = 13520


def _text(element: Element) -> Mapping[str, object]:
    return {"text": element.text}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule(Generic[V_co]):
    """How an element becomes a value: `reads` takes its text, None where it has none."""

    builds: Callable[..., V_co]
    node: type
    reads: Callable[[Element], Mapping[str, object]] | None = None
    children: Mapping[str, "Rule[object]"] = field(default_factory=dict)
    nesting_code: int = SCHEMA_WARNING


SAY = Rule(builds=Say, node=Say, reads=read_speech)
PLAY = Rule(builds=Play, node=Play, reads=_text)
PAUSE = Rule(builds=Pause, node=Pause)
NUMBER = Rule(builds=Number, node=Number, reads=_text)

VERBS: Mapping[str, Rule[Verb]] = {
    "Say": SAY,
    "Play": PLAY,
    "Pause": PAUSE,
    "Gather": Rule(builds=Gather, node=Gather, children={"Say": SAY, "Play": PLAY, "Pause": PAUSE}, nesting_code=13320),
    "Record": Rule(builds=Record, node=Record),
    "Dial": Rule(builds=Dial, node=Dial, reads=_text, children={"Number": NUMBER}, nesting_code=13215),
    "Redirect": Rule(builds=Redirect, node=Redirect, reads=_text),
    "Hangup": Rule(builds=Hangup, node=Hangup),
    "Reject": Rule(builds=Reject, node=Reject),
}
