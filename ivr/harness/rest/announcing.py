"""Announcements: a document that those in a conference hear, whatever they do.

https://www.twilio.com/docs/voice/api/conference-resource#update-a-conference-resource and
/conference-participant-resource: its document may hold Say, Play and Pause.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from ivr.harness import events
from ivr.harness.conferences import Conference, Participant
from ivr.harness.errors import Refused
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.rest.messages import RestRequest, method_of
from ivr.harness.speaking import speaking_time
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.document import Document, read_document
from ivr.harness.twiml.prompts import Pause, Play, Say

__all__ = ["announce"]

SOUND: Milliseconds = 3000  # no media is fetched: as long as any other sound
NOT_HERE = 12200


Told: TypeAlias = Callable[..., None]
"""Told how it went: the event, and its parameters."""


def announce(request: RestRequest, conference: Conference[Leg], only: Participant[Leg] | None = None) -> None:
    """Let everybody hear the document at AnnounceUrl, or only one, if there is one, as soon as time goes on."""
    url = request.get("AnnounceUrl")
    legs = [each.leg for each in ([only] if only else conference.participants)]
    if url is not None and legs:
        ask = Ask(method=method_of(request, "AnnounceMethod"), url=url)

        def told(event: str, **more: str) -> None:
            conference.happened(event, only, AnnounceUrl=url, **more)

        legs[0].timeline.soon(partial(_fetch, legs, ask, told))


def _fetch(legs: Sequence[Leg], ask: Ask, told: Told) -> None:
    first = legs[0]
    try:
        url, response = first.fetch("announcement", ask)
        document = read_document(response.body, response.header("Content-Type"), url=url)
    except Refused as problem:
        first.warn(problem.code, 0, problem.text)
        told("announcement-fail", ReasonAnnouncementFailed=problem.text)
    else:
        ends = _play(legs, document)
        first.timeline.at(ends, partial(told, "announcement-end"))


def _play(legs: Sequence[Leg], document: Document) -> Milliseconds:
    """When it ends."""
    timeline, at = legs[0].timeline, legs[0].timeline.now
    for verb in document.verbs:
        match verb:
            case Say(text=text):
                timeline.at(at, partial(_hear, legs, _said(text)))
                at += speaking_time(text)
            case Play(text=sound):
                timeline.at(at, partial(_hear, legs, _played(sound)))
                at += SOUND
            case Pause(length=seconds):
                at += seconds * 1000
            case _:
                legs[0].warn(NOT_HERE, verb.line, f"<{type(verb).__name__}> may not be in an announcement")
    return at


def _hear(legs: Sequence[Leg], event: Callable[[float], events.Event]) -> None:
    for leg in legs:
        if not leg.over:
            leg.note(event(leg.seconds))


def _said(text: str) -> Callable[[float], events.Event]:
    return lambda at: events.Heard(at=at, text=text)


def _played(sound: str) -> Callable[[float], events.Event]:
    return lambda at: events.Played(at=at, sound=sound)
