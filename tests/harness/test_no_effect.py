"""What changes nothing in a virtual call is said in it, once of each."""

import json

import pytest

from ivr.harness import Call, Exchange
from ivr.harness.events import NoEffect
from ivr.harness.telling import as_json, transcript_of
from tests.harness.documents import MakeApp
from tests.harness.elements import Place, document_of, places

IDLE = [place for place in places() if place.rule.without_effect or place.rule.inert]


def said(call: Call) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(each.line, each.element, each.attributes) for each in call.transcript if isinstance(each, NoEffect)]


@pytest.mark.parametrize("place", [pytest.param(each, id="-".join(each.path)) for each in IDLE])
def test_what_has_no_effect_is_said(twilio: Exchange, make_app: MakeApp, place: Place) -> None:
    app = make_app(document_of(place, place.rule.attributes))
    call = twilio.call(app, url="/voice")
    told = {(element, name) for _, element, names in said(call) for name in names or ("",)}
    of_element = {(place.name, name) for name in place.rule.without_effect}
    assert of_element <= told
    assert {name for element, name in told if element == place.name} == place.rule.without_effect


def test_an_element_without_attributes_may_have_none(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Enqueue><Task>{}</Task></Enqueue>"), url="/voice")
    assert said(call) == [(1, "Task", ())]
    assert "no effect here: <Task>, line 1" in transcript_of(call.transcript)


def test_it_is_said_once_a_call_with_its_line(twilio: Exchange, make_app: MakeApp) -> None:
    voice = """
        <Say voice="alice">One</Say>
        <Say language="en-GB" voice="alice">Two</Say>
        <Redirect>again</Redirect>
    """
    app = make_app(voice, again='<Say voice="alice" language="en-US">Three</Say>')
    for _ in range(2):
        call = twilio.call(app, url="/voice")
        assert said(call) == [(2, "Say", ("voice",)), (3, "Say", ("language",))]


def test_how_it_is_told(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Say voice="alice" language="en-GB" loop="2">One</Say>'), url="/voice")
    assert "      no effect here: <Say voice language>, line 1" in transcript_of(call.transcript)
    (told,) = [as_json(event) for event in call.transcript if isinstance(event, NoEffect)]
    expected = {"event": "no-effect", "at": 0.0, "line": 1, "element": "Say", "attributes": ["voice", "language"]}
    assert json.loads(json.dumps(told)) == expected


def test_nothing_is_said_of_what_has_an_effect(twilio: Exchange, make_app: MakeApp) -> None:
    assert said(twilio.call(make_app('<Say loop="2">One</Say><Pause length="2"/>'), url="/voice")) == []
