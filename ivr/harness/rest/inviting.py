"""Calling somebody into a conference: what is said of it, written as the document that whoever answers gets.

https://www.twilio.com/docs/voice/api/conference-participant-resource#create-a-participant
"""

from xml.sax.saxutils import escape, quoteattr

from ivr.harness.calling import Wanted
from ivr.harness.conferences import Conference, Participant
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.lines import Webhooks
from ivr.harness.rest.call_requests import callback_of, detection_of, from_of, to_of
from ivr.harness.rest.messages import RestRequest, RestResponse, answered
from ivr.harness.rest.participants import participant_json
from ivr.harness.rest.recordings import taping_of
from ivr.harness.twiml.document import read_document

__all__ = ["invite"]

GIVEN_ON = {
    "Muted": "muted",
    "Beep": "beep",
    "StartConferenceOnEnter": "startConferenceOnEnter",
    "EndConferenceOnExit": "endConferenceOnExit",
    "WaitUrl": "waitUrl",
    "WaitMethod": "waitMethod",
    "MaxParticipants": "maxParticipants",
    "Label": "participantLabel",
    "CallSidToCoach": "coach",
    "ConferenceStatusCallback": "statusCallback",
    "ConferenceStatusCallbackMethod": "statusCallbackMethod",
    "ConferenceRecord": "record",
    "ConferenceTrim": "trim",
    "ConferenceRecordingStatusCallback": "recordingStatusCallback",
    "ConferenceRecordingStatusCallbackMethod": "recordingStatusCallbackMethod",
}
"""What a participant is added with, and the attribute of Conference that means the same."""
SEVERAL = {
    "ConferenceStatusCallbackEvent": "statusCallbackEvent",
    "ConferenceRecordingStatusCallbackEvent": "recordingStatusCallbackEvent",
}
"""The same for what may be given more than once."""


def invite(exchange: Exchange, request: RestRequest, name: str) -> RestResponse:
    """Call somebody into a conference, by its SID or its name; it is made if there is none."""
    to, from_ = to_of(request), from_of(request)
    conference = exchange.conferences.by_sid.get(name) or exchange.conferences.named(
        name, now=exchange.timeline.now, tell=_nobody_is_told
    )
    leg = exchange.place(
        to=to,
        from_=from_,
        first=read_document(_document(request, conference.name).encode(), "text/xml"),
        webhooks=Webhooks(voice_url="", callback=callback_of(request)),
        timeout=request.whole("Timeout", 60),
        at_most=request.whole("TimeLimit", 14400),
        wanted=Wanted(
            detection=detection_of(request),
            taping=taping_of(request, source="OutboundAPI") if request.flag("Record") else None,
        ),
    )
    invited = Participant(
        leg=leg,
        sid=leg.sid,
        label=request.get("Label") or "",
        muted=request.flag("Muted") or False,
        coaching=request.get("CallSidToCoach") or "",
        starts=request.flag("StartConferenceOnEnter") is not False,
        ends=request.flag("EndConferenceOnExit") or False,
        disturb=_stays_as_it_is,
    )
    conference.invited.append(invited)
    return answered(participant_json(exchange, conference, invited), 201)


def _document(request: RestRequest, room: str) -> str:
    """What whoever answers gets."""
    given = {attribute: request.get(field) for field, attribute in GIVEN_ON.items()}
    given |= {attribute: " ".join(request.every(field)) for field, attribute in SEVERAL.items()}
    attributes = "".join(f" {attribute}={quoteattr(value)}" for attribute, value in given.items() if value)
    return f"<Response><Dial><Conference{attributes}>{escape(room)}</Conference></Dial></Response>"


def _nobody_is_told(conference: Conference[Leg], event: str, who: Participant[Leg] | None, **more: str) -> None:
    """Of a conference that nobody has come to yet."""


def _stays_as_it_is() -> None:
    """Whoever has not come yet hears nothing of a change."""
