"""The verbs beside the call, and the table of all elements against the official library's."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest
import twilio.twiml.voice_response as official

from ivr.harness import Exchange, Floor
from ivr.harness.events import NotPlayed
from ivr.harness.twiml.table import VERBS, Rule
from tests.harness.documents import MakeApp


def test_echo_says_back_what_is_said(twilio: Exchange, make_app: MakeApp) -> None:
    assert twilio.call(make_app("<Echo/>"), url="/voice").say("hello").heard == ("hello",)


def test_sms_goes_nowhere_and_the_action_is_told(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Sms to="+14155550101" action="/done">Hi</Sms>', done="<Hangup/>")
    call = twilio.call(app, url="/voice")
    assert app.params("/done")["SmsStatus"] == "sent"
    assert NotPlayed(at=0.0, what="<Sms> to +14155550101: Hi") in call.transcript


def test_refer_hands_the_call_over(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Refer action="/done"><Sip>sip:a@example.com</Sip></Refer>', done="<Hangup/>")
    twilio.call(app, url="/voice")
    assert app.params("/done")["ReferCallStatus"] == "completed"


@pytest.mark.parametrize("verb", ["Start", "Stop"])
def test_start_and_stop_do_not_block(twilio: Exchange, make_app: MakeApp, verb: str) -> None:
    app = make_app(f'<{verb}><Stream name="s" url="wss://localhost/s"/></{verb}><Say>Next</Say>')
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.warnings) == (("Next",), ())
    assert any(isinstance(event, NotPlayed) for event in call.transcript)


def test_connect_blocks_until_somebody_ends_it(twilio: Exchange, make_app: MakeApp) -> None:
    relay = '<ConversationRelay url="wss://localhost/r" welcomeGreeting="Hello there"/>'
    call = twilio.call(make_app(f"<Connect>{relay}</Connect><Say>Never</Say>"), url="/voice")
    assert (call.floor, call.heard) == (Floor.TALK, ("Hello there",))
    assert call.wait(60).hang_up().ended


def library() -> dict[tuple[str, str], set[str]]:
    """Of the official library: what each element may hold, with the attributes of that."""
    module = ast.parse(Path(official.__file__).read_text())
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    names = {one.name: _element(one) for one in classes}
    found: dict[tuple[str, str], set[str]] = {}
    for one in classes:
        for call in ast.walk(one):
            match call:
                case ast.Call(func=ast.Attribute(attr="nest"), args=[ast.Call(func=ast.Name(id=made)) as child]):
                    words = {_camel(keyword.arg) for keyword in child.keywords if keyword.arg}
                    found.setdefault((names[one.name], names[made]), set()).update(words)
                case _:
                    pass
    return found


def _element(one: ast.ClassDef) -> str:
    for node in ast.walk(one):
        match node:
            case ast.Assign(targets=[ast.Attribute(attr="name")], value=ast.Constant(value=str(name))):
                return name
            case _:
                pass
    raise LookupError(one.name)


def _camel(word: str) -> str:
    first, *rest = word.rstrip("_").split("_")
    return first + "".join(each.capitalize() for each in rest)


def known(rules: Mapping[str, Rule[object]], parent: str) -> dict[tuple[str, str], set[str]]:
    """The same of our table."""
    found: dict[tuple[str, str], set[str]] = {}
    for name, rule in rules.items():
        found.setdefault((parent, name), set()).update(rule.attributes)
        for key, words in known(rule.children, name).items():
            found.setdefault(key, set()).update(words)
    return found


SPEECH = {"Say", "prosody", "emphasis", "lang", "p", "s", "w"}
# What the library passes as an attribute and Twilio takes as the text.
TEXTS = {
    "Application": {"applicationSid"},
    "Client": {"identity"},
    "Dial": {"number"},
    "Enqueue": {"name"},
    "Play": {"url"},
    "Say": {"message"},
    "Sip": {"sipUrl"},
    "Uri": {"sipUrl"},
}


def test_the_table_lacks_nothing_that_the_official_library_writes() -> None:
    ours = known(VERBS, "Response")
    lacking = {
        (parent, child): sorted(words - ours.get((parent, child), set()) - TEXTS.get(child, set()))
        for (parent, child), words in library().items()
        if parent not in SPEECH
        and ((parent, child) not in ours or words - ours[parent, child] - TEXTS.get(child, set()))
    }
    assert lacking == {}
