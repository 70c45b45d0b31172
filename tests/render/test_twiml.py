"""Turns as TwiML: what Twilio is told to say, and what it listens for."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from ivr.call import Ended, Holding, Listening, Outcome, Turn, Words
from ivr.render.twiml import prefaced, retry, the_end, twiml

ACTION = "https://ivr.example.com/voice/turn/3"
MUSIC = "https://ivr.example.com/voice/hold.wav"

MENU = Listening(most_keys=1, finish_key=None, speech=True, silence=5.0, hints=("lost card", "travel"))
ENTRY = Listening(most_keys=15, finish_key="#", speech=True, silence=7.5)
MESSAGE = Listening(most_keys=None, finish_key="#", speech=True, silence=5.0, longest_speech=30)
HOLD = Holding(department="cards", seconds=25.0, left=40.0, callback=True)
END = Ended(outcome=Outcome.CONNECTED, department="cards", place="main.cards", seconds=40.0, turns=4)


def turn(then: Listening | Holding | Ended, *words: Words) -> Turn:
    return Turn(number=3, place="main.menu", words=words, then=then)


def document(then: Listening | Holding | Ended, *words: Words) -> Element:
    parsed: Element = fromstring(twiml(turn(then, *words), action=ACTION, hold_music=MUSIC))
    return parsed


def outline(element: Element) -> list[object]:
    """The verbs, with what is nested in a list after them."""
    found: list[object] = []
    for child in element:
        found.append(child.text if child.tag == "Say" else child.tag)
        if len(child):
            found.append(outline(child))
    return found


def gather(then: Listening | Holding) -> dict[str, str]:
    """The attributes of the Gather."""
    return dict(document(then)[0].attrib)


def test_a_menu() -> None:
    assert gather(MENU) == {
        "input": "dtmf speech",
        "action": ACTION,
        "method": "POST",
        "actionOnEmptyResult": "true",
        "timeout": "5",
        "numDigits": "1",
        "finishOnKey": "",
        "speechTimeout": "auto",
        "language": "en-US",
        "hints": "lost card,travel",
        "bargeIn": "true",
    }


@pytest.mark.parametrize(
    ("listening", "attributes"),
    [
        pytest.param(ENTRY, {"numDigits": "15", "finishOnKey": "#"}, id="an entry ends at its length or its key"),
        pytest.param(ENTRY, {"timeout": "8"}, id="whole seconds, rounded up"),
        pytest.param(replace(MENU, silence=0.0), {"timeout": "1"}, id="never no time at all"),
        pytest.param(ENTRY, {"speechTimeout": "2"}, id="time to breathe between groups of digits"),
        pytest.param(MESSAGE, {"speechTimeout": "3", "maxSpeechTime": "30"}, id="a message takes longer"),
        pytest.param(replace(MENU, language="es-MX"), {"language": "es-MX"}, id="another language"),
        pytest.param(replace(MENU, barge_in=False), {"bargeIn": "false"}, id="no barge-in by speech"),
        pytest.param(replace(HOLD, callback=True), {"input": "dtmf speech", "numDigits": "1"}, id="a callback to take"),
        pytest.param(replace(HOLD, callback=False), {"input": "dtmf"}, id="noise must not stop the music for nothing"),
        pytest.param(HOLD, {"timeout": "1", "actionOnEmptyResult": "true", "finishOnKey": ""}, id="hold"),
    ],
)
def test_what_is_listened_for(listening: Listening | Holding, attributes: dict[str, str]) -> None:
    assert gather(listening).items() >= attributes.items()


@pytest.mark.parametrize(
    ("listening", "absent"),
    [
        pytest.param(replace(MENU, speech=False), {"hints", "speechTimeout", "language", "bargeIn"}, id="keys only"),
        pytest.param(MESSAGE, {"numDigits", "hints"}, id="any number of keys, no hints"),
        pytest.param(replace(HOLD, callback=False), {"hints", "speechTimeout"}, id="hold without a callback"),
    ],
)
def test_what_is_left_out(listening: Listening | Holding, absent: set[str]) -> None:
    assert not absent & gather(listening).keys()


def test_callers_may_break_into_what_is_nested() -> None:
    assert outline(document(MENU, Words(text="Hello."), Words(text="Press 1."))) == ["Gather", ["Hello.", "Press 1."]]


def test_what_must_be_heard_stands_before_the_gather_with_all_that_comes_before_it() -> None:
    words = Words(text="Hello."), Words(text="Practice only.", barge_in=False), Words(text="Press 1.")
    assert outline(document(MENU, *words)) == ["Hello.", "Practice only.", "Gather", ["Press 1."]]


def test_a_voice_and_a_language() -> None:
    said = document(MENU, Words(text="Hola.", language="es-MX", voice="Polly.Mia"))[0][0]
    assert said.attrib == {"language": "es-MX", "voice": "Polly.Mia"}


def test_nothing_is_said_where_there_are_no_words() -> None:
    assert outline(document(MENU, Words(text=" "))) == ["Gather"]


def test_hold_plays_whole_loops_for_at_least_as_long() -> None:
    music = document(HOLD, Words(text="Please hold."))[0]
    assert outline(music) == ["Please hold.", "Play"]
    assert (music[1].text, music[1].attrib) == (MUSIC, {"loop": "3"})


def test_a_hold_of_no_time_plays_nothing_since_no_loops_would_be_endless_ones() -> None:
    assert outline(document(replace(HOLD, seconds=0.0), Words(text="Please hold."))) == ["Gather", ["Please hold."]]


def test_a_hold_without_music_is_silent() -> None:
    parsed = fromstring(twiml(turn(HOLD), action=ACTION, hold_music=None))
    assert [(each.tag, each.attrib) for each in parsed[0]] == [("Pause", {"length": "25"})]


def test_the_end() -> None:
    assert outline(document(END, Words(text="How can I help?"))) == ["How can I help?", "Hangup"]


def test_equal_turns_are_equal_to_the_byte() -> None:
    one, other = (twiml(turn(MENU, Words(text="Hello.")), action=ACTION, hold_music=MUSIC) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("text", ["a <b> & \"c\" 'd'", "Zoë 你好 🙂", "]]> <!-- -->"])
def test_words_stay_words(text: str) -> None:
    assert document(MENU, Words(text=text))[0][0].text == text


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\ud800b", "a\ufffeb"])
def test_what_xml_cannot_hold_is_left_out(text: str) -> None:
    assert document(MENU, Words(text=text))[0][0].text == "ab"


def test_a_preface_comes_first_of_all() -> None:
    before = twiml(turn(MENU, Words(text="Press 1.")), action=ACTION, hold_music=MUSIC)
    assert outline(fromstring(prefaced(before, Words(text="Sorry & so on.")))) == [
        "Sorry & so on.",
        "Gather",
        ["Press 1."],
    ]


def test_a_retry_says_so_and_goes_on_elsewhere() -> None:
    parsed = fromstring(retry(Words(text="Sorry."), ACTION))
    assert outline(parsed) == ["Sorry.", "Pause", "Redirect"]
    assert (parsed[2].text, parsed[2].attrib) == (ACTION, {"method": "POST"})


def test_an_end_says_so_and_hangs_up() -> None:
    assert outline(fromstring(the_end(Words(text="Goodbye.")))) == ["Goodbye.", "Hangup"]
