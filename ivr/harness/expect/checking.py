"""Whether what was expected of a call came true, and if not, what happened instead."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ivr.harness import events
from ivr.harness.expect.values import (
    Dialled,
    Ended,
    Heard,
    JustHeard,
    LeftMessage,
    Not,
    Plain,
    Played,
    Queued,
    Recorded,
    Requested,
    Stands,
    Warned,
)
from ivr.harness.hearing import heard_in
from ivr.harness.status import Floor

__all__ = ["instead", "met"]

Transcript = Sequence[events.Event]


def met(expected: Plain | Not, transcript: Transcript, floor: Floor, *, on_hold: bool = False) -> bool:
    """Whether it is true of the call as it stands; those on hold may be asked something meanwhile."""
    match expected:
        case Not():
            return not met(expected.expected, transcript, floor, on_hold=on_hold)
        case Heard(words=words):
            return _said(words, heard_in(transcript))
        case JustHeard(words=words):
            return _said(words, heard_in(_since_last_act(transcript)))
        case Stands(floors=floors):
            return floor in floors or (on_hold and Floor.HOLD in floors)
        case _:
            return any(_fits(expected, event) for event in transcript)


def instead(expected: Plain | Not, transcript: Transcript, floor: Floor) -> str:
    """What is true instead, in one line."""
    match expected:
        case Not(expected=plain):
            return instead(plain, transcript, floor)
        case Heard():
            return f'heard: "{" ".join(heard_in(transcript))}"'
        case JustHeard():
            return f'heard since: "{" ".join(heard_in(_since_last_act(transcript)))}"'
        case Stands():
            return f"the call stands so: {_STANDS[floor]}"
        case Ended():
            ended = [event.status for event in transcript if isinstance(event, events.Ended)]
            return f"the call ended {ended[0]}" if ended else f"the call is not over: {_STANDS[floor]}"
        case _:
            found = list(dict.fromkeys(_names(expected, transcript)))
            return f"{_KINDS[type(expected)]}: {', '.join(found) or 'none'}"


_STANDS = {
    Floor.TWILIO: "the application has the floor",
    Floor.QUESTION: "asked",
    Floor.ANSWERING: "asked, and answering",
    Floor.MESSAGE: "asked for a recording",
    Floor.HOLD: "on hold",
    Floor.TALK: "connected",
    Floor.OVER: "ended",
}
_KINDS: dict[type, str] = {
    Dialled: "dialled",
    Queued: "queued",
    Recorded: "recorded",
    LeftMessage: "messages",
    Played: "played",
    Requested: "requested",
    Warned: "warnings",
}


def _since_last_act(transcript: Transcript) -> Transcript:
    acts = [at for at, event in enumerate(transcript) if isinstance(event, events.Pressed | events.Spoke)]
    return transcript[acts[-1] + 1 :] if acts else transcript


def _said(words: str, heard: Sequence[str]) -> bool:
    """Whole words only, so that `press 1` is not heard in `press 10`; languages written without spaces, any part."""
    wanted, spoken = _plain_words(words), _plain_words(" ".join(heard))
    return f" {wanted} " in f" {spoken} " if wanted.isascii() else wanted in spoken


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _fits(expected: Plain, event: events.Event) -> bool:
    match expected, event:
        case Dialled(to=to), events.Dialled():
            return to in (None, event.to)
        case Queued(queue=queue), events.Queued():
            return queue in (None, event.queue)
        case Recorded(words=words), events.Recorded():
            return not words or _said(words, [event.words])
        case LeftMessage(words=words), events.MessageLeft():
            return not words or _said(words, [event.words])
        case Played(sound=sound), events.Played():
            return _path(event.sound).endswith(sound)
        case Requested(url=url, params=params), events.Requested():
            return _path(event.url).endswith(url) and params.items() <= event.params.items()
        case Warned(code=code), events.Warned() | events.Failed():
            return code in (None, event.code)
        case Ended(status=status), events.Ended():
            return status in (None, event.status)
        case _:
            return False


def _names(expected: Plain, transcript: Transcript) -> Iterator[str]:
    """What there is of the kind expected."""
    for event in transcript:
        match expected, event:
            case Dialled(), events.Dialled():
                yield event.to
            case Queued(), events.Queued():
                yield event.queue
            case Recorded(), events.Recorded():
                yield f'"{event.words}"'
            case LeftMessage(), events.MessageLeft():
                yield f'"{event.words}"'
            case Played(), events.Played():
                yield event.sound
            case Requested(params=params), events.Requested():
                shown = (f"{name}={event.params[name]}" for name in params if name in event.params)
                yield " ".join([_path(event.url), *shown])
            case Warned(), events.Warned() | events.Failed():
                yield f"{event.code} ({event.text})"
            case _:
                pass


def _path(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()
