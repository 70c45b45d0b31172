"""Gather: prompts the caller may break into, then keys or speech, then the action.

https://www.twilio.com/docs/voice/twiml/gather.
"""

from functools import partial

from ivr.frozen import frozen
from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.happenings import Happening, Key, Spoken
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.gather import Gather, Seconds
from ivr.harness.verbs.prompts import play

__all__ = ["gather"]

AUTO_TIMEOUT: Milliseconds = 5000  # the page gives `auto` no length; this is the default's
FIRST_PAUSE: Milliseconds = 1000  # nor to the "first pause" at which speechTimeout=auto stops


@frozen
class _Entry:
    """The keys before finishOnKey, and that key if it was pressed."""

    digits: str = ""
    finished_on: str = ""


@frozen
class _Speech:
    words: str
    confidence: float


def gather(leg: Leg, verb: Gather) -> Running[Happening, Outcome]:
    """Ask, listen, and go to the action with what was given; without input, the next verb."""
    first = yield from _prompts(leg, verb)
    if first is None:
        leg.give_floor(Floor.QUESTION)
        first = yield from _first_input(leg, verb)
    params: dict[str, str] = {}
    match first:
        case Key():
            leg.give_floor(Floor.ANSWERING)
            entry = yield from _entry(leg, verb, first.key)
            params = _of_keys(entry)
        case Spoken():
            leg.give_floor(Floor.ANSWERING)
            speech = yield from _speech(leg, verb, first)
            params = {"SpeechResult": speech.words, "Confidence": f"{speech.confidence:g}"}
        case _:
            pass
    leg.give_floor(Floor.TWILIO)
    return _outcome(leg, verb, params)


def _of_keys(entry: _Entry) -> dict[str, str]:
    """The page names Digits alone; FinishedOnKey and `msg` come with it all the same.

    https://github.com/twilio-labs/twilio-aspnet/issues/60
    """
    return {"Digits": entry.digits, "FinishedOnKey": entry.finished_on, "msg": "Gather End"}


def _outcome(leg: Leg, verb: Gather, params: dict[str, str]) -> Outcome:
    # No key at all, or finishOnKey as the first: the next verb; with actionOnEmptyResult the action all the same.
    if not params.get("Digits") and not params.get("SpeechResult"):
        if not verb.action_on_empty_result:
            return None
        params = params or (_of_keys(_Entry()) if "dtmf" in verb.input else {"SpeechResult": ""})
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)


def _prompts(leg: Leg, verb: Gather) -> Running[Happening, Happening | None]:
    """Play what is nested; the first key or word that stops it."""

    def stops(happening: Happening) -> bool:
        # Any key stops the prompts; speech only with bargeIn.
        return _listens_to(verb, happening) and (verb.barge_in or isinstance(happening, Key))

    for prompt in verb.children:
        stopped_by = yield from play(leg, prompt, stops)
        if stopped_by is not None:
            return stopped_by
    return None


def _first_input(leg: Leg, verb: Gather) -> Running[Happening, Happening | None]:
    """The first key or word within `timeout` of the end of the prompts."""
    until = leg.timeline.now + _length(verb.timeout, AUTO_TIMEOUT)
    told = False
    while (happening := (yield until)) is not None:
        if _listens_to(verb, happening):
            return happening
        if isinstance(happening, Key | Spoken) and not told:
            leg.note(events.Unheard(at=leg.seconds, takes=verb.input))
            told = True
    return None


def _listens_to(verb: Gather, happening: Happening) -> bool:
    match happening:
        case Key():
            return "dtmf" in verb.input
        case Spoken():
            return "speech" in verb.input
        case _:
            return False


def _entry(leg: Leg, verb: Gather, key: str) -> Running[Happening, _Entry]:
    """The keys up to numDigits, finishOnKey (which is not one of them) or a `timeout` without a key."""
    digits = ""
    while key != verb.finish_on_key:
        digits += key
        if len(digits) == verb.num_digits:
            return _Entry(digits=digits)
        pressed = yield from _next_key(leg, verb)
        if pressed is None:
            return _Entry(digits=digits)
        key = pressed
    return _Entry(digits=digits, finished_on=key)


def _next_key(leg: Leg, verb: Gather) -> Running[Happening, str | None]:
    """The next key; the time starts again at each, and what came first wins, so words no longer count."""
    until = leg.timeline.now + _length(verb.timeout, AUTO_TIMEOUT)
    while (happening := (yield until)) is not None:
        if isinstance(happening, Key):
            return happening.key
    return None


def _speech(leg: Leg, verb: Gather, first: Spoken) -> Running[Happening, _Speech]:
    """All that is said until `speechTimeout` of silence, or for `maxSpeechTime` (60 s at most)."""
    silence = _length(verb.timeout if verb.speech_timeout is None else verb.speech_timeout, FIRST_PAUSE)
    last_moment = leg.timeline.now + verb.max_speech_time * 1000
    words, confidence = first.words, first.confidence
    silent_from = leg.timeline.now + first.lasts
    partials = _Partials(leg, verb)
    partials.tell(first.words)
    while (happening := (yield min(silent_from + silence, last_moment))) is not None:
        if isinstance(happening, Spoken):
            words = f"{words} {happening.words}"
            partials.tell(words)
            confidence = min(confidence, happening.confidence)
            silent_from = max(silent_from, leg.timeline.now) + happening.lasts
    return _Speech(words=words, confidence=confidence)


class _Partials:
    """Tells partialResultCallback what has been recognised so far; its TwiML is ignored."""

    def __init__(self, leg: Leg, verb: Gather) -> None:
        self._leg = leg
        self._verb = verb
        self._count = 0

    def tell(self, words: str) -> None:
        """All that was said until now: the last word of it may still change."""
        url = self._verb.partial_result_callback
        if url is None:
            return
        *stable, unstable = words.split()
        params = {
            "SequenceNumber": str(self._count),
            "StableSpeechResult": " ".join(stable),
            "UnstableSpeechResult": unstable,
            "Stability": "0.9",
        }
        self._count += 1
        method = self._verb.partial_result_callback_method
        ask = Ask(method=method, url=self._leg.resolve(url), params=params)
        self._leg.timeline.soon(partial(notify, self._leg, ask))


def _length(seconds: Seconds, auto: Milliseconds) -> Milliseconds:
    return auto if seconds == "auto" else seconds * 1000
