"""Say, Play and Pause, and how long they take."""

import pytest

from ivr.harness import Exchange, Floor
from ivr.harness.events import CutOff, Ended, Heard, NoEffect, Played
from ivr.harness.speaking import heard_before, speaking_time
from ivr.harness.telling import transcript_of
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves, rule


@pytest.mark.parametrize(
    ("document", "seconds"),
    [
        pytest.param("<Say>one two three</Say>", 1.2, id="words"),
        pytest.param("<Say>one, two.</Say>", 1.4, id="stops"),
        pytest.param("<Say>1234</Say>", 1.6, id="each digit is read out"),
        pytest.param('<Say>one<break time="2s"/>two</Say>', 2.8, id="a break", marks=proves("break", "time")),
        pytest.param(
            '<Say>one<break strength="x-strong"/>two</Say>', 1.6, id="its strength", marks=proves("break", "strength")
        ),
        pytest.param("<Say>one<break/>two</Say>", 1.2, id="a break is of medium strength"),
        pytest.param("<Say><p>one</p><p>two</p></Say>", 2.4, id="paragraphs", marks=proves("p")),
        pytest.param("<Say><s>one</s><s>two</s></Say>", 2.0, id="sentences", marks=proves("s")),
        pytest.param(
            '<Say><prosody rate="50%">one two</prosody> three</Say>', 2.0, id="slow", marks=proves("prosody", "rate")
        ),
        pytest.param('<Say><prosody rate="x-fast">one two three</prosody></Say>', 0.8, id="fast"),
        pytest.param('<Say><prosody rate="1%">one</prosody></Say>', 2.0, id="no slower than a fifth"),
        pytest.param('<Say><prosody rate="odd">one</prosody></Say>', 0.4, id="no rate"),
        pytest.param(
            '<Say><say-as interpret-as="spell-out">A X P</say-as></Say>',
            1.2,
            id="spelt",
            marks=proves("say-as", "interpret-as"),
        ),
        pytest.param('<Say><say-as interpret-as="characters">AXP</say-as></Say>', 1.2, id="character by character"),
        pytest.param('<Say>one<break time="500ms"/></Say>', 0.9, id="a break in milliseconds"),
        pytest.param('<Say>one <emphasis>two</emphasis> <sub alias="three four">34</sub></Say>', 1.6, id="SSML"),
        pytest.param('<Say loop="3">one</Say>', 1.2, id="a loop", marks=proves("Say", "loop")),
        pytest.param("<Say/>", 0, id="nothing to say"),
        pytest.param("<Pause/>", 1, id="a pause is a second"),
        pytest.param('<Pause length="7"/>', 7, id="or as long as it says", marks=proves("Pause", "length")),
        pytest.param('<Play digits="1w2W"/>', 1.9, id="keys and their pauses", marks=proves("Play", "digits")),
        pytest.param("<Play>https://elsewhere.example.com/hello.mp3</Play>", 3, id="a sound"),
        pytest.param(
            '<Play loop="4">https://elsewhere.example.com/hello.mp3</Play>',
            12,
            id="a sound four times",
            marks=proves("Play", "loop"),
        ),
    ],
)
@rule(
    "Say, Play, Pause",
    "loop 0 goes on, but 1000 times at most; SSML breaks are silence; w is half a second",
    "voice/twiml/say",
)
def test_how_long(twilio: Exchange, make_app: MakeApp, document: str, seconds: float) -> None:
    call = twilio.call(make_app(document), url="/voice")
    assert isinstance(call.transcript[-1], Ended)
    assert call.transcript[-1].at == seconds


@pytest.mark.parametrize(
    ("document", "heard"),
    [
        pytest.param("Your <emphasis>new</emphasis> card", "Your new card", marks=proves("emphasis")),
        pytest.param("Say <lang xml:lang='fr-FR'>oui</lang>", "Say oui", marks=proves("lang")),
        pytest.param("A <phoneme alphabet='ipa' ph='p'>pecan</phoneme>", "A pecan", marks=proves("phoneme")),
        pytest.param("I <w role='amazon:VB'>read</w> it", "I read it", marks=proves("w")),
        pytest.param("<sub alias='American Express'>AXP</sub>", "American Express", marks=proves("sub", "alias")),
        pytest.param("<p>One.</p><p>Two.</p>", "One. Two.", marks=proves("p")),
        pytest.param("<s>One</s><s>two</s>", "One two", marks=proves("s")),
        pytest.param("one<break/>two", "one two", marks=proves("break")),
        pytest.param("<prosody rate='slow'>a <emphasis>b</emphasis></prosody>", "a b", marks=proves("prosody")),
    ],
)
def test_what_is_heard_of_marked_up_words(twilio: Exchange, make_app: MakeApp, document: str, heard: str) -> None:
    assert twilio.call(make_app(f"<Say>{document}</Say>"), url="/voice").heard == (heard,)


def test_markup_of_a_voice_is_its_affair_and_other_is_a_warning(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Say><amazon:effect name='x'>a</amazon:effect> <bold>b</bold></Say>"), url="/voice")
    assert (call.heard, [warning.code for warning in call.warnings]) == (("a b",), [12200])
    assert "<bold> may not be in <Say>, which holds break, emphasis" in call.warnings[0].text
    assert NoEffect(at=0.0, line=1, element="amazon:effect", attributes=()) in call.transcript


@proves("Say")
@proves("Play")
def test_what_is_heard_in_order(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Say>one</Say><Play>two.mp3</Play><Say> three \n four</Say>", **{"two.mp3": "no WAV file"})
    call = twilio.call(app, url="/voice")
    heard = [event for event in call.transcript if isinstance(event, Heard | Played)]
    assert heard == [
        Heard(at=0.0, text="one"),
        Played(at=0.4, sound="http://localhost/two.mp3"),
        Heard(at=3.4, text="three four"),
    ]


@proves("Play", "digits")
def test_keys_are_sounded(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Play digits="12w#"/>'), url="/voice")
    assert Played(at=0.0, sound="12w#") in call.transcript


def test_keys_outside_a_gather_are_lost(twilio: Exchange, make_app: MakeApp) -> None:
    voice = '<Say>one two three four five</Say><Gather numDigits="1" action="/next"/>'
    app = make_app(voice, next="<Hangup/>")
    call = twilio.call(app, url="/voice", listen_for=1).press("1")
    assert call.heard == ("one two three four five",)
    assert app.paths == ["/voice"]


def test_just_heard_is_what_came_since_the_last_act(twilio: Exchange, make_app: MakeApp) -> None:
    voice = '<Gather numDigits="1" action="/next"><Say>First</Say></Gather>'
    call = twilio.call(make_app(voice, next="<Say>Second</Say><Say>Third</Say>"), url="/voice")
    assert call.just_heard == "First"
    assert call.press("1").just_heard == "Second Third"


@pytest.mark.parametrize("around", ["{}", "<Gather>{}</Gather>"])
def test_what_goes_on_for_ever_is_listened_to_once(twilio: Exchange, make_app: MakeApp, around: str) -> None:
    """Hold music, until REST or the caller does something about it; in the end, a thousand times."""
    app = make_app(around.format('<Say loop="0">One two</Say>') + "<Hangup/>")
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.floor, twilio.restless) == (("One two",) * 2, Floor.HOLD, False)
    assert call.wait(9).hang_up().seconds == 10
    call = twilio.call(app, url="/voice")
    while not call.ended:
        call.wait()
    assert call.heard == ("One two",) * 1000


def test_what_is_repeated_is_told_in_one_line(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Say loop="3">One</Say><Say loop="5">Two</Say>'), url="/voice")
    told = transcript_of(call.transcript)
    assert told.count("LINE  One\n") == 3
    assert "  0:01.2  LINE  Two\n  0:02.8        (the same again, 4 times)\n" in told


def test_words_out_before_a_cut() -> None:
    whole = speaking_time("one two three four")
    assert heard_before("one two three four", passed=900, whole=whole) == "one two"


FIVE = "One two three four five."


def test_who_hangs_up_has_not_heard_the_rest(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f"<Say>{FIVE}</Say>"), url="/voice", listen_for=1)
    call.hang_up()
    assert call.heard == ("One two",)


def test_nor_who_is_taken_out_of_a_queue_meanwhile(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Enqueue waitUrl='/wait'>support</Enqueue>", wait=f"<Say>{FIVE}</Say>")
    caller = twilio.call(app, url="/voice", listen_for=1)
    twilio.call(make_app("<Dial><Queue>support</Queue></Dial>"), url="/voice").should_be_connected()
    assert caller.listen(1).heard == ("One two",)


def test_what_was_said_to_its_end_did_not_break_off(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app(f"<Say>{FIVE}</Say><Gather/>"), url="/voice").hang_up()
    assert call.heard == (FIVE,)
    assert not [event for event in call.transcript if isinstance(event, CutOff)]
