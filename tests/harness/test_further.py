"""The verbs beside the call, and the table of all elements against the official library's."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import twilio.twiml.voice_response as official
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageList

from ivr.harness import Answers, Busy, Exchange, FarEnd, NoAnswer, NotInService, Rejects, Voicemail
from ivr.harness.events import NotPlayed
from ivr.harness.rest.in_process import rest_in_process
from ivr.harness.twiml.table import VERBS, Rule
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule


@proves("Echo")
def test_echo_says_back_what_is_said(twilio: Exchange, make_app: MakeApp) -> None:
    assert twilio.call(make_app("<Echo/>"), url="/voice").say("hello").heard == ("hello",)


@contextmanager
def messages_of(twilio: Exchange) -> Iterator[MessageList]:
    with rest_in_process(twilio):
        yield Client(twilio.account_sid, twilio.auth_token).messages


@proves("Sms", "to", "from", "action", "statusCallback")
def test_sms_is_kept_for_rest_and_the_action_is_told(twilio: Exchange, make_app: MakeApp) -> None:
    voice = '<Sms to="(415) 555-0101" from="+12025550199" action="/done" statusCallback="/sent">Hi</Sms>'
    app = make_app(voice, done='<Pause length="5"/>', sent="")
    call = twilio.call(app, url="/voice")
    with messages_of(twilio) as messages:
        (message,) = messages.list()
    assert (message.to, message.from_, message.body, message.status, message.direction) == (
        "+14155550101",
        "+12025550199",
        "Hi",
        "delivered",
        "outbound-call",
    )
    assert (app.params("/done")["SmsStatus"], app.params("/done")["SmsSid"]) == ("sending", message.sid)
    told = [params for _, path, params in app.asked if path == "/sent"]
    assert [each["MessageStatus"] for each in told] == ["sent", "delivered"]
    assert NotPlayed(at=0.0, what="<Sms> to +14155550101: Hi") in call.transcript


@rule("Sms", "it goes to the caller, from the number called, unless it says otherwise", "voice/twiml/sms")
def test_sms_goes_to_the_caller_unless_it_says_otherwise(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.call(make_app("<Sms>Hi</Sms><Pause/>"), url="/voice", from_="+14155550102", to="+12025550100")
    with messages_of(twilio) as messages:
        (message,) = messages.list(to="+14155550102")
    assert message.from_ == "+12025550100"


@proves("Sms", "method")
def test_the_action_of_sms_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Sms action="/done" method="GET">Hi</Sms>', done="<Hangup/>")
    twilio.call(app, url="/voice", from_="+14155550102", to="+12025550100")
    assert app.asked[1][:2] == ("GET", "/done")


def test_sms_to_no_number(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Sms to="nobody" action="/done">Hi</Sms>', done="<Hangup/>")
    call = twilio.call(app, url="/voice")
    assert app.params("/done")["SmsStatus"] == "invalid"
    assert [warning.code for warning in call.warnings] == [14101]
    with messages_of(twilio) as messages:
        assert messages.list() == []


REFER = '<Refer action="/done"><Sip>sip:a@example.com?X-Case=7</Sip></Refer><Say>Next</Say>'


@pytest.mark.parametrize(
    ("far_end", "status", "code", "seconds"),
    [
        pytest.param(Answers(after=2), "in-progress", "200", 2, id="answers"),
        pytest.param(Voicemail(after=20), "in-progress", "200", 20, id="voicemail"),
        pytest.param(Busy(after=1), "busy", "486", 1, id="busy"),
        pytest.param(Rejects(after=3), "failed", "603", 3, id="declines"),
        pytest.param(NoAnswer(), "no-answer", "480", 60, id="no answer"),
        pytest.param(NotInService(after=1), "failed", "404", 1, id="not in service"),
    ],
)
@rule("Refer", "the action is told the SIP codes of the transfer", "voice/twiml/refer")
def test_who_is_there_decides_about_a_refer(
    twilio: Exchange, make_app: MakeApp, far_end: FarEnd, status: str, code: str, seconds: float
) -> None:
    app = make_app(REFER, done="<Hangup/>")
    twilio.far_end("sip:a@example.com", far_end)
    call = twilio.call(app, url="/voice", from_="sip:pat@example.com")
    assert call.warnings == ()
    told = app.params("/done")
    assert (told["ReferCallStatus"], told["NotifySipResponseCode"]) == (status, code)
    assert told["ReferSipResponseCode"] == "202"
    assert call.transcript[-1].at == seconds


@proves("Refer", "action", "method")
@proves("Refer/Sip")
def test_the_action_of_a_refer_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Refer action="/done" method="GET"><Sip>sip:a@example.com</Sip></Refer>', done="<Hangup/>")
    twilio.far_end("sip:a@example.com", Busy())
    twilio.call(app, url="/voice", from_="sip:pat@example.com")
    assert app.asked[1][:2] == ("GET", "/done")
    assert app.params("/done")["ReferCallStatus"] == "busy"


def test_hanging_up_during_a_refer(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(REFER, done="<Hangup/>")
    twilio.call(app, url="/voice", listen_for=1).hang_up()
    assert app.params("/done")["ReferCallStatus"] == "canceled"


def test_a_phone_that_refuses_the_refer(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(REFER, done="<Hangup/>")
    twilio.far_end("sip:pat@example.com", Rejects())
    twilio.call(app, url="/voice", from_="sip:pat@example.com")
    told = app.params("/done")
    assert (told["ReferCallStatus"], told["ReferSipResponseCode"]) == ("failed", "405")
    assert "NotifySipResponseCode" not in told


@rule("Refer", "only SIP calls are referred", "voice/twiml/refer")
def test_only_sip_calls_are_referred(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(REFER, done="<Hangup/>"), url="/voice", from_="+14155550102")
    assert "+14155550102 is no SIP address" in str(call.warnings[0])


def test_without_an_action_a_refer_goes_on(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Refer><Sip>sip:a@example.com</Sip></Refer><Say>Next</Say>")
    assert twilio.call(app, url="/voice").heard == ("Next",)


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


def _written(name: str) -> str:
    """As the library's keyword: `xml:lang` is xmlLang."""
    first, *rest = name.replace(":", "-").split("-")
    return first + "".join(each.capitalize() for each in rest)


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
    for name, ours in rules.items():
        found.setdefault((parent, name), set()).update(map(_written, ours.attributes))
        for key, words in known(ours.children, name).items():
            found.setdefault(key, set()).update(words)
    return found


SPEECH = {"prosody", "emphasis", "lang", "p", "s", "w"}
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
    **{name: {"words"} for name in SPEECH},
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
