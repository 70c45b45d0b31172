"""Reading TwiML: what Twilio warns of, with its code and line, and what it refuses."""

import re

import pytest

from ivr.harness.errors import Refused
from ivr.harness.twiml.document import read_document
from ivr.harness.twiml.further import Connect
from ivr.harness.twiml.gather import Gather
from ivr.harness.twiml.prompts import Pause, Play, Say
from tests.harness.proofs import rule


def read(text: str) -> tuple[tuple[object, ...], list[tuple[int, int]]]:
    document = read_document(f"<Response>{text}</Response>".encode(), "text/xml")
    return document.verbs, [(notice.code, notice.line) for notice in document.notices]


def test_a_verb_becomes_a_value() -> None:
    verbs, notices = read('<Gather input="speech  dtmf" numDigits="4" timeout="auto"><Say>Go</Say><Pause/></Gather>')
    assert verbs == (
        Gather(
            line=1,
            input=("speech", "dtmf"),
            num_digits=4,
            timeout="auto",
            children=(Say(line=1, text="Go"), Pause(line=1)),
        ),
    )
    assert notices == []


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        pytest.param("<Bogus/>", (12200, 1), id="an unknown verb"),
        pytest.param("\n\n<say>hi</say>", (12200, 3), id="names are case-sensitive; the line"),
        pytest.param('<Pause lengthh="1"/>', (12200, 1), id="an unknown attribute"),
        pytest.param("<Pause>soft</Pause>", (12200, 1), id="text where none belongs"),
        pytest.param("hello", (12200, 1), id="text outside any verb"),
        pytest.param("<Pause><Say>x</Say></Pause>", (12200, 1), id="a verb where none belongs"),
        pytest.param("<Gather><Dial/></Gather>", (13320, 1), id="a verb not allowed in Gather"),
        pytest.param("<Say/>", (13520, 1), id="nothing to say"),
        pytest.param('<Say loop="x">hi</Say>', (13510, 1), id="Say loop"),
        pytest.param('<Play loop="-1">a.mp3</Play>', (13410, 1), id="Play loop"),
        pytest.param('<Play digits="x"/>', (13430, 1), id="Play digits"),
        pytest.param('<Pause length="1.5"/>', (13910, 1), id="Pause length"),
        pytest.param('<Gather finishOnKey="##"/>', (13310, 1), id="Gather finishOnKey"),
        pytest.param('<Gather method="PUT"/>', (13312, 1), id="Gather method"),
        pytest.param('<Gather timeout="soon"/>', (13313, 1), id="Gather timeout"),
        pytest.param('<Gather numDigits="0"/>', (13314, 1), id="Gather numDigits"),
        pytest.param('<Gather input="voice"/>', (13326, 1), id="Gather input"),
        pytest.param('<Gather speechTimeout="x"/>', (13327, 1), id="Gather speechTimeout"),
        pytest.param(f'<Gather hints="{"h" * 101}"/>', (13330, 1), id="Gather hints"),
        pytest.param('<Record timeout="x"/>', (13611, 1), id="Record timeout"),
        pytest.param('<Record maxLength="0"/>', (13612, 1), id="Record maxLength"),
        pytest.param('<Record finishOnKey="A"/>', (13613, 1), id="Record finishOnKey"),
        pytest.param('<Dial timeout="4">+12025550100</Dial>', (13212, 1), id="Dial timeout"),
        pytest.param('<Reject reason="tired"/>', (13810, 1), id="Reject reason"),
        pytest.param('<Redirect method="PATCH">/x</Redirect>', (13710, 1), id="Redirect method"),
    ],
)
@rule(
    "Running",
    "an unknown verb, attribute, nesting or value is a warning with its code and line, and the rest goes on",
    "api/errors/12200",
)
def test_a_warning_and_the_rest_goes_on(text: str, notice: tuple[int, int]) -> None:
    verbs, notices = read(text + "<Hangup/>")
    assert notices == [notice]
    assert type(verbs[-1]).__name__ == "Hangup"


@rule("Running", "a wrong value counts as left out", "api/errors/13313")
def test_a_wrong_value_is_as_if_it_were_left_out() -> None:
    verbs, _ = read('<Gather timeout="soon"/>')
    assert verbs == (Gather(line=1),)


def test_comments_and_methods_in_lower_case_are_fine() -> None:
    assert read('<!-- menu --><Redirect method="get">/x</Redirect>')[1] == []


@pytest.mark.parametrize(
    ("verbs", "told"),
    [
        ("<say>x</say>", "<say> may not be in <Response>, which holds Say, .*; it is written Say$"),
        ("<Gather num_digits='1'/>", "<Gather> has no attribute num_digits; it is written numDigits$"),
        ("<Dial><Sip Username='x'>sip:a@b</Sip></Dial>", "<Sip> has no attribute Username; it is written username$"),
        ("<Gather digits='1'/>", "<Gather> has no attribute digits; <Play> inside it may have one$"),
        (
            "<Dial statusCallback='/x'/>",
            "<Dial> has no attribute statusCallback; <Number>, .*<Conference>.* may have one$",
        ),
        ("<Gather key='1'/>", "<Gather> has no attribute key$"),
    ],
)
def test_a_name_that_is_almost_right(verbs: str, told: str) -> None:
    (notice,) = read_document(f"<Response>{verbs}</Response>".encode(), "text/xml").notices
    assert re.search(told, notice.text)


def test_what_xml_allows_on_any_element_is_no_attribute() -> None:
    schema = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='twiml.xsd'"
    assert not read_document(f"<Response {schema}><Say>x</Say></Response>".encode(), "text/xml").notices


BOMB = '<!DOCTYPE r [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;&a;">]><Response><Say>&b;</Say></Response>'
EXTERNAL = '<!DOCTYPE r SYSTEM "http://localhost/x.dtd"><Response/>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(BOMB, "document type", id="entities of its own"),
        pytest.param(EXTERNAL, "document type", id="an external document type"),
        pytest.param("<Response>&nbsp;</Response>", "undefined entity", id="an entity XML does not have"),
        pytest.param("<Response>" + "<Say>" * 60 + "</Say>" * 60 + "</Response>", "more than 50", id="depth"),
        pytest.param("<Response>\n<Say>hi</Response>", "line 2: not well-formed", id="the line of a mistake"),
        pytest.param("<Response/>junk", "junk after document", id="text after the end"),
        pytest.param('<?xml version="1.0" encoding="klingon"?><Response/>', "unknown encoding", id="an encoding"),
        pytest.param("Hello", 'syntax error, at "Hello"', id="no XML"),
        pytest.param(
            "<Response>\n<Say>R & B</Say></Response>", 'line 2: .* at "<Say>R & B</Say></Re', id="what is there"
        ),
        pytest.param("<Response><Say>R & B</Say></Response>", "is written &amp;", id="an ampersand in a text"),
        pytest.param("<Response><Play>/x?a=1&b=2</Play></Response>", "is written &amp;", id="one in a URL"),
        pytest.param("<Response><Say>R&amp;B < C</Say></Response>", '</Response>"$', id="no ampersand's fault"),
        pytest.param(" <!DocType html><html><body>x", "a page of HTML$", id="HTML"),
        pytest.param("&lt;Response/&gt;", "escaped as a whole$", id="escaped once too often"),
        pytest.param('\n<?xml version="1.0"?><Response/>', "before <.xml$", id="a blank line first"),
        pytest.param("<Response>\x00é</Response>", "line 1: not well-formed XML: invalid token$", id="not printable"),
    ],
)
@rule("Fetching", "document types, entities, deep nesting and broken XML are 12100, with the line", "api/errors/12100")
def test_refused_as_12100(body: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        read_document(body.encode(), "text/xml")
    assert refused.value.code == 12100


@pytest.mark.parametrize("body", [b"", b"  \n"])
@rule("Fetching", "an empty body ends the call: 11770", "api/errors/11770")
def test_an_empty_body_is_the_end_of_the_call(body: bytes) -> None:
    document = read_document(body, None)
    assert (document.verbs, [notice.code for notice in document.notices]) == ((), [11770])


def test_a_document_that_comes_again_is_the_value_it_was_and_cannot_be_changed() -> None:
    body = b"<Response><Connect><Stream url='wss://a'><Parameter name='x' value='1'/></Stream></Connect></Response>"
    document = read_document(body, "text/xml")
    assert read_document(bytes(bytearray(body)), "text/xml") is document
    (connect,) = document.verbs
    assert isinstance(connect, Connect)
    with pytest.raises(TypeError):
        connect.children[0].values["url"] = "wss://b"  # type: ignore[index]


def test_the_same_bytes_mean_another_document_under_another_type() -> None:
    body = b"Hello <there"
    assert read_document(body, "text/plain").verbs == (Say(line=1, text="Hello <there"),)
    for _ in range(2):
        with pytest.raises(Refused, match="12100"):
            read_document(body, "text/xml")


def test_a_sound_is_played_from_wherever_it_came() -> None:
    urls = ("http://a/1.wav", "http://a/2.wav")
    assert [read_document(b"RIFF", "audio/wav", url=url).verbs for url in urls] == [
        (Play(line=1, text=url),) for url in urls
    ]
