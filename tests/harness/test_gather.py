"""Gather, rule by rule: https://www.twilio.com/docs/voice/twiml/gather."""

import pytest

from ivr.harness import Exchange, Floor
from ivr.harness.telling import transcript_of
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule

MENU = '<Gather numDigits="1" action="/next"><Say>Press one for sales now</Say></Gather><Say>Nothing heard</Say>'


def gather(attributes: str, prompts: str = "") -> str:
    return f'<Gather action="/next" {attributes}>{prompts}</Gather><Say>Nothing heard</Say>'


def test_the_caller_hears_the_prompt_and_then_has_the_floor(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(MENU), url="/voice")
    assert call.heard == ("Press one for sales now",)
    assert call.floor is Floor.QUESTION


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        pytest.param('numDigits="1"', "1", "1", id="ends at numDigits", marks=proves("Gather", "numDigits")),
        pytest.param('numDigits="2"', "123", "12", id="and takes no key after it"),
        pytest.param("", "12#", "12", id="ends at finishOnKey, # by default, which is no digit"),
        pytest.param("", "12", "12", id="ends at the timeout after the last digit"),
        pytest.param(
            'finishOnKey="*"',
            "1#*2",
            "1#",
            id="another finishOnKey; then # is a digit",
            marks=proves("Gather", "finishOnKey"),
        ),
        pytest.param('finishOnKey="" numDigits="3"', "1#*", "1#*", id="no finishOnKey"),
        pytest.param('timeout="2"', "1WW2", "1", id="a pause as long as the timeout ends it"),
        pytest.param(
            'timeout="3"',
            "1WW2WW3",
            "123",
            id="the timeout starts again at each digit",
            marks=proves("Gather", "timeout"),
        ),
    ],
)
@rule(
    "Gather",
    "ends at numDigits, at finishOnKey (# by default, and no digit), or at the timeout, which each digit starts anew",
    "voice/twiml/gather",
)
def test_digits(twilio: Exchange, make_app: MakeApp, attributes: str, keys: str, digits: str) -> None:
    app = make_app(gather(attributes), next="<Hangup/>")
    twilio.call(app, url="/voice").press(keys, listen_for=10)
    assert app.params("/next")["Digits"] == digits


@proves("Gather", "finishOnKey", "actionOnEmptyResult")
@pytest.mark.parametrize(
    ("keys", "finished_on"),
    [
        pytest.param("12*", "*", id="finishOnKey"),
        pytest.param("123", "", id="numDigits"),
        pytest.param("12", "", id="the timeout"),
        pytest.param("*", "*", id="finishOnKey alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_action_is_told_the_key_that_ended_it(
    twilio: Exchange, make_app: MakeApp, keys: str, finished_on: str
) -> None:
    app = make_app(gather('finishOnKey="*" numDigits="3" actionOnEmptyResult="true"'), next="<Hangup/>")
    call = twilio.call(app, url="/voice")
    if keys:
        call.press(keys, listen_for=10)
    else:
        call.wait()
    told = app.params("/next")
    assert (told["FinishedOnKey"], told["msg"], told["Digits"]) == (finished_on, "Gather End", keys.rstrip("*"))


@pytest.mark.parametrize(
    ("attributes", "keys"),
    [
        pytest.param("", "", id="nobody answers"),
        pytest.param("", "#", id="finishOnKey comes first"),
        pytest.param('input="speech"', "1", id="keys where speech is wanted", marks=proves("Gather", "input")),
    ],
)
@rule(
    "Gather",
    "fall-through: without input, or with finishOnKey alone, the next verb and no request",
    "voice/twiml/gather",
)
def test_no_input_is_the_next_verb_and_no_request(
    twilio: Exchange, make_app: MakeApp, attributes: str, keys: str
) -> None:
    app = make_app(gather(attributes), next="<Hangup/>")
    call = twilio.call(app, url="/voice")
    if keys:
        call.press(keys, listen_for=10)
    else:
        call.wait()
    assert call.heard == ("Nothing heard",)
    assert app.paths == ["/voice"]


@proves("Gather", "actionOnEmptyResult")
@rule("Gather", "actionOnEmptyResult requests the action all the same", "voice/twiml/gather")
def test_action_on_empty_result_requests_the_action_all_the_same(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('actionOnEmptyResult="true"'), next="<Hangup/>")
    twilio.call(app, url="/voice").wait()
    assert app.params("/next")["Digits"] == ""


@proves("Gather", "timeout")
@rule("Gather", "the timeout runs from the end of the prompts", "voice/twiml/gather")
def test_the_timeout_runs_from_the_end_of_the_prompts(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(gather('timeout="3"', "<Pause length='7'/>")), url="/voice")
    assert (call.seconds, call.floor) == (7, Floor.QUESTION)
    call.wait(2.9)
    assert call.heard == ()
    call.wait(0.2)
    assert call.heard == ("Nothing heard",)


@rule("Gather", "barge-in: the first key stops the prompts", "voice/twiml/gather")
def test_the_first_key_stops_the_prompts(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(MENU, next="<Hangup/>")
    call = twilio.call(app, url="/voice", listen_for=1)
    call.press("1")
    assert call.heard == ("Press one",)
    assert app.params("/next")["Digits"] == "1"


@rule("Gather", "barge-in: speech stops the prompts", "voice/twiml/gather")
def test_speech_stops_the_prompts(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="dtmf speech"', "<Say>Tell me what you want today</Say>"), next="<Hangup/>")
    call = twilio.call(app, url="/voice", listen_for=1).say("sales")
    assert call.heard == ("Tell me",)
    assert app.params("/next")["SpeechResult"] == "sales"


@proves("Gather", "bargeIn")
@rule("Gather", "without bargeIn speech stops nothing, but a key does", "voice/twiml/gather")
def test_without_barge_in_speech_stops_nothing_but_a_key_does(twilio: Exchange, make_app: MakeApp) -> None:
    prompt = "<Say>Tell me what you want today</Say>"
    app = make_app(gather('input="dtmf speech" bargeIn="false" numDigits="1"', prompt), next="<Hangup/>")
    call = twilio.call(app, url="/voice", listen_for=1).say("sales")
    assert call.heard == ("Tell me what you want today",)
    assert call.floor is Floor.QUESTION
    twilio.call(app, url="/voice", listen_for=1).press("1")
    assert app.params("/next")["Digits"] == "1"


def test_speech_and_how_sure_it_is(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="speech"'), next="<Hangup/>")
    twilio.call(app, url="/voice").say("lost card", confidence=0.4)
    params = app.params("/next")
    assert (params["SpeechResult"], params["Confidence"]) == ("lost card", "0.4")
    assert {"Digits", "FinishedOnKey", "msg"}.isdisjoint(params)


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        pytest.param('timeout="4"', 4.8, id="speechTimeout is the timeout by default"),
        pytest.param('speechTimeout="2"', 2.8, id="so much silence", marks=proves("Gather", "speechTimeout")),
        pytest.param(
            'speechTimeout="auto"', 1.8, id="auto is the first pause", marks=proves("Gather", "speechTimeout")
        ),
    ],
)
@rule(
    "Gather",
    "speech ends with speechTimeout of silence, the timeout by default, or at the first pause (auto)",
    "voice/twiml/gather",
)
def test_speech_ends_with_silence(twilio: Exchange, make_app: MakeApp, attributes: str, seconds: float) -> None:
    app = make_app(gather(f'input="speech" {attributes}'), next="<Hangup/>")
    call = twilio.call(app, url="/voice").say("lost card")  # two words take 0.8 s
    assert call.requests[-1].at == seconds


def test_speech_goes_on_over_a_short_pause(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="speech"'), next="<Hangup/>")
    call = twilio.call(app, url="/voice")
    call.say("I lost", listen_for=1).say("my card", confidence=0.5)
    assert app.params("/next")["SpeechResult"] == "I lost my card"
    assert app.params("/next")["Confidence"] == "0.5"


@proves("Gather", "maxSpeechTime")
@rule("Gather", "speech is cut at its longest time", "voice/twiml/gather")
def test_speech_is_cut_at_max_speech_time(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="speech" maxSpeechTime="10"'), next="<Hangup/>")
    call = twilio.call(app, url="/voice").say("so " * 100, listen_for=0)
    assert call.requests[-1].at == 10


@proves("Gather", "input")
@rule("Gather", "of keys and speech what comes first wins", "voice/twiml/gather")
def test_of_keys_and_speech_what_comes_first_wins(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="dtmf speech"'), next="<Hangup/>")
    twilio.call(app, url="/voice").press("1", listen_for=0).say("representative")
    assert app.params("/next")["Digits"] == "1"
    assert "SpeechResult" not in app.params("/next")


def test_a_key_too_many_reaches_the_next_gather(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(
        gather('numDigits="1"', "<Say>First menu</Say>"),
        next='<Gather numDigits="1" action="/last"><Say>Second menu</Say></Gather>',
        last="<Say>Last</Say>",
    )
    call = twilio.call(app, url="/voice").press("12")
    assert (app.params("/next")["Digits"], app.params("/last")["Digits"]) == ("1", "2")
    assert call.heard == ("First menu", "Last")


@rule("Gather", "the action is the current document by default", "voice/twiml/gather#action")
def test_the_action_is_the_current_document_by_default(twilio: Exchange, make_app: MakeApp) -> None:
    def voice(params: object) -> str:
        return '<Gather numDigits="1"/>' if len(app.asked) == 1 else "<Say>Again</Say>"

    app = make_app(voice)
    assert twilio.call(app, url="/voice?line=1").press("1").heard == ("Again",)
    assert app.asked[1][2]["line"] == "1"


@proves("Gather", "action", "method")
def test_the_action_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Gather numDigits="1" method="GET" action="next?from=menu"/>', next="<Hangup/>")
    twilio.call(app, url="/voice").press("1")
    method, path, params = app.asked[1]
    assert (method, path, params["from"], params["Digits"]) == ("GET", "/next", "menu", "1")


def test_hanging_up_makes_no_request(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(MENU, next="<Hangup/>")
    call = twilio.call(app, url="/voice").hang_up()
    assert (call.ended, call.status) == (True, "completed")
    assert app.paths == ["/voice"]


@proves("Gather", "partialResultCallback")
@rule("Gather", "partial results are told, and their TwiML is ignored", "voice/twiml/gather#partialresultcallback")
def test_partial_results(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(gather('input="speech" partialResultCallback="/part"'), next="<Hangup/>", part="<Say>Ignored</Say>")
    call = twilio.call(app, url="/voice")
    call.say("I lost", listen_for=1).say("my card")
    told = [params for _, path, params in app.asked if path == "/part"]
    results = [(each["SequenceNumber"], each["StableSpeechResult"], each["UnstableSpeechResult"]) for each in told]
    assert results == [("0", "I", "lost"), ("1", "I lost my", "card")]
    assert call.heard == ()


@proves("Gather", "partialResultCallback", "partialResultCallbackMethod")
def test_partial_results_by_get(twilio: Exchange, make_app: MakeApp) -> None:
    told = 'partialResultCallback="/part" partialResultCallbackMethod="GET"'
    app = make_app(gather(f'input="speech" {told}'), next="<Hangup/>", part="")
    twilio.call(app, url="/voice").say("sales")
    assert [method for method, path, _ in app.asked if path == "/part"] == ["GET"]


@pytest.mark.parametrize(
    ("takes", "act", "told"),
    [
        ("speech", "press 12; say sales", "unheard: the question takes speech only"),
        ("dtmf", "say sales please; press 1", "unheard: the question takes keys only"),
    ],
)
def test_what_the_question_does_not_take_is_unheard(
    twilio: Exchange, make_app: MakeApp, takes: str, act: str, told: str
) -> None:
    app = make_app(f'<Gather input="{takes}" numDigits="1" action="/next"/>', next="<Say>Thanks</Say>")
    call = twilio.call(app, url="/voice").follow(act).listen().should_hear("thanks")
    assert transcript_of(call.transcript).count(told) == 1
