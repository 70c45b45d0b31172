"""The table of elements: which verbs there are, what each may hold, and Twilio's warning for anything else in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from ivr.harness.twiml.attributes import SCHEMA_WARNING, attributes_of, without_effect
from ivr.harness.twiml.control import Hangup, Redirect, Reject
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.further import Connect, Echo, Refer, Sms, Start, Stop
from ivr.harness.twiml.gather import Gather
from ivr.harness.twiml.media import CONNECTIONS, PARTS, STARTED, Carried, carried
from ivr.harness.twiml.nouns import Application, Client, Conference, Number, Queue, Sim, Sip, WhatsApp
from ivr.harness.twiml.parts import Part
from ivr.harness.twiml.pay import Pay, PayPrompt
from ivr.harness.twiml.prompts import Pause, Play, Say
from ivr.harness.twiml.queue import Enqueue, Leave
from ivr.harness.twiml.record import Record
from ivr.harness.twiml.ssml import SPEECH, read_speech
from ivr.harness.twiml.xml import Element

__all__ = ["VERBS", "Rule", "Verb"]

Verb: TypeAlias = (
    Say | Play | Pause | Gather | Record | Dial | Redirect | Hangup | Reject | Enqueue | Leave | Queue
    | Refer | Connect | Start | Stop | Sms | Echo | Pay | PayPrompt
)  # fmt: skip

V_co = TypeVar("V_co", covariant=True)

INVALID_TEXT = 13520


def _text(element: Element) -> dict[str, object]:
    return {"text": element.text}


def _part(element: Element) -> dict[str, object]:
    return {"text": element.text, "name": element.name, "values": MappingProxyType(element.attributes)}


@dataclass(frozen=True, kw_only=True)
class Rule(Generic[V_co]):
    """How an element becomes a value: `reads` takes its text, None where it has none.

    `carries` says what may be in an element that is only passed on.
    """

    builds: Callable[..., V_co]
    node: type
    reads: Callable[[Element], dict[str, object]] | None = None
    children: Mapping[str, "Rule[object]"] = field(default_factory=dict)
    nesting_code: int = SCHEMA_WARNING
    carries: Carried | None = None

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The names of its attributes."""
        return frozenset(attributes_of(self.node)) if self.carries is None else self.carries.names

    @cached_property
    def without_effect(self) -> frozenset[str]:
        """The names of its attributes that change nothing in a virtual call."""
        return without_effect(self.node) if self.carries is None else self.carries.idle

    @cached_property
    def inert(self) -> bool:
        """Whether it does nothing at all in a virtual call."""
        return self.carries is not None and self.carries.inert


def _carrier(name: str, *inside: str) -> Rule[Part]:
    return _carrying(PARTS[name], *inside)


def _carrying(what: Carried, *inside: str) -> Rule[Part]:
    children = {each: _carrier(each) for each in inside}
    return Rule(builds=Part, node=Part, reads=_part, carries=what, children=children)


def _stopped(name: str, *inside: str) -> Rule[Part]:
    """Of what a Stop ends only the name counts."""
    names = PARTS[name].names
    return _carrying(Carried(names=names, idle=names - {"name"}, inert=False), *inside)


SAY = Rule(builds=Say, node=Say, reads=read_speech, children={name: _carrying(what) for name, what in SPEECH.items()})
PLAY = Rule(builds=Play, node=Play, reads=_text)
PAUSE = Rule(builds=Pause, node=Pause)
PROMPTS: Mapping[str, Rule[object]] = {"Say": SAY, "Play": PLAY, "Pause": PAUSE}
QUEUE = Rule(builds=Queue, node=Queue, reads=_text)
PAY_PROMPT = Rule(builds=PayPrompt, node=PayPrompt, children=PROMPTS)
PARAMETER = _carrier("Parameter")  # of a service that is not here

NOUNS: Mapping[str, Rule[object]] = {
    "Number": Rule(builds=Number, node=Number, reads=_text),
    "Client": Rule(
        builds=Client, node=Client, reads=_text, children={"Identity": _carrier("Identity"), "Parameter": PARAMETER}
    ),
    "Sip": Rule(
        builds=Sip, node=Sip, reads=_text, children={"Uri": _carrier("Uri"), "Headers": _carrier("Headers", "Header")}
    ),
    "Sim": Rule(builds=Sim, node=Sim, reads=_text),
    "WhatsApp": Rule(builds=WhatsApp, node=WhatsApp, reads=_text),
    "Application": Rule(
        builds=Application,
        node=Application,
        reads=_text,
        children={"ApplicationSid": _carrier("ApplicationSid"), "Parameter": _carrying(carried("name value"))},
    ),
    "Queue": QUEUE,
    "Conference": Rule(builds=Conference, node=Conference, reads=_text),
}

INSIDE: Mapping[str, tuple[str, ...]] = {
    "Stream": ("Parameter",),
    "Siprec": ("Parameter",),
    "Transcription": ("Parameter", "Config"),
    "VirtualAgent": ("Parameter", "Config"),
    "ConversationRelay": ("Parameter", "Language"),
}

VERBS: Mapping[str, Rule[Verb]] = {
    "Say": SAY,
    "Play": PLAY,
    "Pause": PAUSE,
    "Gather": Rule(builds=Gather, node=Gather, children=PROMPTS, nesting_code=13320),
    "Record": Rule(builds=Record, node=Record),
    "Dial": Rule(builds=Dial, node=Dial, reads=_text, children=NOUNS, nesting_code=13215),
    "Enqueue": Rule(builds=Enqueue, node=Enqueue, reads=_text, children={"Task": _carrier("Task")}),
    "Leave": Rule(builds=Leave, node=Leave),
    "Queue": QUEUE,
    "Redirect": Rule(builds=Redirect, node=Redirect, reads=_text),
    "Hangup": Rule(builds=Hangup, node=Hangup, children={"Parameter": PARAMETER}),
    "Reject": Rule(builds=Reject, node=Reject, children={"Parameter": PARAMETER}),
    "Refer": Rule(builds=Refer, node=Refer, children={"Sip": _carrier("Sip")}),
    "Connect": Rule(
        builds=Connect, node=Connect, children={name: _carrier(name, *INSIDE.get(name, ())) for name in CONNECTIONS}
    ),
    "Start": Rule(builds=Start, node=Start, children={name: _carrier(name, *INSIDE.get(name, ())) for name in STARTED}),
    "Stop": Rule(builds=Stop, node=Stop, children={name: _stopped(name, *INSIDE.get(name, ())) for name in STARTED}),
    "Sms": Rule(builds=Sms, node=Sms, reads=_text),
    "Echo": Rule(builds=Echo, node=Echo),
    "Pay": Rule(
        builds=Pay, node=Pay, children={"Prompt": PAY_PROMPT, "Parameter": _carrying(carried("name", "value"))}
    ),
    "Prompt": PAY_PROMPT,
}
