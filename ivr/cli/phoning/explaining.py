"""What the document is doing: its verbs, the one at work, and what the caller can do about it."""

from collections.abc import Iterator

from ivr.harness import Call, Floor
from ivr.harness.twiml.attributes import attributes_of
from ivr.harness.twiml.gather import Gather
from ivr.harness.twiml.record import Record
from ivr.harness.twiml.table import Verb

__all__ = ["explain"]

LONGEST = 60
_FLOORS = {
    Floor.TWILIO: "The application has the floor: listen.",
    Floor.QUESTION: "A Gather listens.",
    Floor.ANSWERING: "A Gather listens on.",
    Floor.MESSAGE: "A recording runs: say something; # or any key ends it, or silence.",
    Floor.HOLD: "You are on hold.",
    Floor.TALK: "You are connected: what you say is heard.",
    Floor.OVER: "The call is over.",
}


def explain(call: Call) -> Iterator[str]:
    """Lines for people."""
    doing = call.doing
    if doing is not None:
        yield f"        {doing.url}"
        for index, verb in enumerate(doing.verbs):
            yield f"      {'>' if index == doing.at else ' '} {_shown(verb)}"
        yield f"        {_possible(call, doing.verbs[doing.at])}"
    else:
        yield f"        {_FLOORS[call.floor]}"


def _shown(verb: Verb) -> str:
    """As TwiML, with the attributes that are not at their defaults."""
    node: type = type(verb)
    fields = verb.__dataclass_fields__
    given = [
        f' {attribute.name}="{_text(getattr(verb, attribute.field))}"'
        for attribute in attributes_of(node).values()
        if getattr(verb, attribute.field) != fields[attribute.field].default
    ]
    text = str(getattr(verb, "text", ""))
    inside = [_shown(child) for child in getattr(verb, "children", ())]
    content = f"{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}{''.join(inside)}"
    return (
        f"<{node.__name__}{''.join(given)}>{content}</{node.__name__}>"
        if content
        else f"<{node.__name__}{''.join(given)}/>"
    )


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return " ".join(str(each) for each in value)
        case _:
            return str(value)


def _possible(call: Call, verb: Verb) -> str:
    match verb:
        case Gather() if call.floor in (Floor.QUESTION, Floor.ANSWERING):
            said = " or ".join("keys" if kind == "dtmf" else "words" for kind in verb.input)
            count = f", {verb.num_digits} at most" if verb.num_digits else ""
            ends = f", {verb.finish_on_key} ends them" if verb.finish_on_key else ""
            wanted = f"{said}{count}{ends}" if "dtmf" in verb.input else said
            return f"Gather listens for {wanted}; after {verb.timeout} s of silence the next verb."
        case Record() if call.floor is Floor.MESSAGE:
            return f"Record runs; {verb.timeout} s of silence end it, or one of the keys {verb.finish_on_key}."
        case _:
            return _FLOORS[call.floor]
