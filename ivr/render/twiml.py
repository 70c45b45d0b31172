"""A turn as TwiML, written with Twilio's own library.

Attributes are as https://www.twilio.com/docs/voice/twiml/gather has them.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from ivr.call import Ended, Holding, Listening, Turn, Words
from ivr.call.turn import must_be_heard
from ivr.render.hold_music import LOOP_SECONDS

__all__ = ["prefaced", "retry", "the_end", "twiml"]

RETRY_AFTER = 2
"""Seconds of silence before a document is asked for again."""
AFTER_MUSIC = 1
"""Seconds that a caller on hold is still listened to when the music has ended; Twilio takes whole ones, from 1."""

CALLBACK_HINTS = "call me back,callback,yes"

PAUSE_IN_ENTRY = 2
"""Seconds: who reads a number aloud pauses between its groups, and `auto` ends at the first pause."""

PAUSE_IN_MESSAGE = 3

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any spelling; the library would write it all the same."""

_ACTION = "\0"
"""Stands for the one URL that is different each time. No words can have it in them: see above."""

MOST_KEPT = 2048
"""Documents, of some two kilobytes, that are kept to be used again."""


def twiml(turn: Turn, *, action: str, hold_music: str | None) -> str:
    """The document for `turn`: what the caller does next goes to the URL `action`.

    `hold_music` is the URL of a loop of LOOP_SECONDS; None keeps callers on hold in silence.
    """
    document = _document(turn.words, turn.then, hold_music)
    return document.replace(_ACTION, escape(action, {'"': "&quot;"}), 1)


@lru_cache(maxsize=MOST_KEPT)
def _document(words: tuple[Words, ...], then: Listening | Holding | Ended, hold_music: str | None) -> str:
    """The document of many a turn: most questions are put to many callers in the same words."""
    response = VoiceResponse()
    match then:
        case Listening() as listening:
            before, during = _apart(words)
            _say(response, before)
            _say(_nested(response, _listening(listening)), during)
        case Holding() as holding:
            before, during = _apart(words)
            _say(response, before)
            gather = _nested(response, _holding(holding))
            _say(gather, during)
            _play(gather, holding, hold_music)
        case Ended():
            _say(response, words)
            response.hangup()
    return _xml(response)


def prefaced(document: str, words: Words) -> str:
    """A document of ours with `words` said before everything else."""
    preface: str = _said(words).to_xml(xml_declaration=False)
    return document.replace("<Response>", f"<Response>{preface}", 1)


def retry(words: Words, url: str) -> str:
    """Says `words`, and after a moment goes on with the document at `url`."""
    response = VoiceResponse()
    _say(response, (words,))
    response.pause(length=RETRY_AFTER)
    response.redirect(url, method="POST")
    return _xml(response)


def the_end(words: Words) -> str:
    """Says `words`, then hangs up."""
    response = VoiceResponse()
    _say(response, (words,))
    response.hangup()
    return _xml(response)


def _xml(response: VoiceResponse) -> str:
    document: str = response.to_xml()
    return document


def _apart(words: Sequence[Words]) -> tuple[Sequence[Words], Sequence[Words]]:
    """What stands before the Gather, and what a caller may break into."""
    before = must_be_heard(words)
    return before, words[len(before) :]


def _say(parent: VoiceResponse | Gather, words: Sequence[Words]) -> None:
    for each in words:
        if each.text.strip():  # an empty Say is Twilio's error 13520
            parent.append(_said(each))


def _said(words: Words) -> Say:
    return Say(_NOT_IN_XML.sub("", words.text), voice=words.voice, language=words.language)


def _nested(response: VoiceResponse, gather: Gather) -> Gather:
    response.append(gather)
    return gather


def _listening(listening: Listening) -> Gather:
    spoken = {
        "speech_timeout": _speech_timeout(listening),
        "language": listening.language,
        "hints": ",".join(listening.hints) or None,
        "max_speech_time": listening.longest_speech,
        "barge_in": listening.barge_in,
    }
    return Gather(
        input="dtmf speech" if listening.speech else "dtmf",
        action=_ACTION,
        method="POST",
        action_on_empty_result=True,  # silence is an answer too, and belongs to this turn
        timeout=max(1, math.ceil(listening.silence)),
        num_digits=listening.most_keys,
        finish_on_key=listening.finish_key or "",  # none at a menu, where the default # would not be heard
        **(spoken if listening.speech else {}),
    )


def _speech_timeout(listening: Listening) -> str | int:
    """How long a pause ends what is said: none to speak of at a menu, longer where people speak at length."""
    if listening.longest_speech is not None:
        return PAUSE_IN_MESSAGE
    is_entry = listening.finish_key is not None or listening.most_keys is None or listening.most_keys > 2
    return PAUSE_IN_ENTRY if is_entry else "auto"


def _holding(holding: Holding) -> Gather:
    """Words are listened for only while they can change anything, so that a noise does not stop the music."""
    spoken = {"speech_timeout": "auto", "language": holding.language, "hints": CALLBACK_HINTS}
    return Gather(
        input="dtmf speech" if holding.callback else "dtmf",
        action=_ACTION,
        method="POST",
        action_on_empty_result=True,
        timeout=AFTER_MUSIC,
        num_digits=1,
        finish_on_key="",
        **(spoken if holding.callback else {}),
    )


def _play(gather: Gather, holding: Holding, hold_music: str | None) -> None:
    if holding.seconds <= 0:  # loop="0" would play for ever
        return
    if hold_music is None:
        gather.pause(length=math.ceil(holding.seconds))
    else:
        gather.play(hold_music, loop=math.ceil(holding.seconds / LOOP_SECONDS))
