"""Participants of a conference: called into it, listed, muted, held, made to coach, announced to, and sent out.

https://www.twilio.com/docs/voice/api/conference-participant-resource
"""

from collections.abc import Iterator
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from ivr.harness.calling import Wanted
from ivr.harness.conferences import Conference, Participant
from ivr.harness.exchange import Exchange
from ivr.harness.leg import API_VERSION, Leg
from ivr.harness.lines import Webhooks
from ivr.harness.outcome import Ask
from ivr.harness.rest.announcing import announce
from ivr.harness.rest.call_requests import callback_of, detection_of, from_of, to_of
from ivr.harness.rest.conferences import conference_of
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, method_of, not_found, rfc2822
from ivr.harness.rest.pages import page
from ivr.harness.rest.recordings import taping_of
from ivr.harness.status import CallStatus
from ivr.harness.twiml.document import read_document

__all__ = ["add", "change", "fetch", "list_all", "remove"]

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
STATUSES = {CallStatus.QUEUED: "queued", CallStatus.INITIATED: "connecting", CallStatus.RINGING: "ringing"}


def list_all(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Who is in it, or being called into it; of them the muted, held or coaching where asked."""
    conference = conference_of(exchange, request, sid)
    muted, held, coaching = request.flag("Muted"), request.flag("Hold"), request.flag("Coaching")
    found = [
        _json(exchange, conference, each)
        for each in _everybody(conference)
        if muted in (None, each.muted) and held in (None, each.held) and coaching in (None, bool(each.coaching))
    ]
    return page(request, "participants", found)


def add(exchange: Exchange, request: RestRequest, name: str) -> RestResponse:
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
    return answered(_json(exchange, conference, invited), 201)


def _document(request: RestRequest, room: str) -> str:
    """What whoever answers gets."""
    given = {attribute: request.get(field) for field, attribute in GIVEN_ON.items()}
    given |= {attribute: " ".join(request.every(field)) for field, attribute in SEVERAL.items()}
    attributes = "".join(f" {attribute}={quoteattr(value)}" for attribute, value in given.items() if value)
    return f"<Response><Dial><Conference{attributes}>{escape(room)}</Conference></Dial></Response>"


def fetch(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """One of them, by CallSid or label."""
    conference = conference_of(exchange, request, sid)
    return answered(_json(exchange, conference, _one(request, conference, who)))


def change(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """Mute, hold, coach, announce something, or say what happens when they leave."""
    conference = conference_of(exchange, request, sid)
    participant = _one(request, conference, who)
    if participant not in conference.participants:
        raise not_found(request.path)  # whoever still rings is in no conference yet
    announce(request, conference, participant)
    muted, held, ends = request.flag("Muted"), request.flag("Hold"), request.flag("EndConferenceOnExit")
    if muted is not None:
        conference.mute(participant, muted)
    if held is not None:
        url = request.get("HoldUrl")
        conference.hold(
            participant, held, None if url is None else Ask(method=method_of(request, "HoldMethod"), url=url)
        )
    beep_on_exit = request.flag("BeepOnExit")
    conference.modify(
        participant,
        ends=participant.ends if ends is None else ends,
        coaching=_coached(request, conference, participant),
        beep=participant.beep if beep_on_exit is None else "onExit" if beep_on_exit else "false",
    )
    return answered(_json(exchange, conference, participant))


def _coached(request: RestRequest, conference: Conference[Leg], participant: Participant[Leg]) -> str:
    """The CallSid of whom they coach from now on, or nothing."""
    match request.flag("Coaching"):
        case True:
            return _one(request, conference, request.get("CallSidToCoach") or "").sid
        case False:
            return ""
        case None:
            return participant.coaching


def remove(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """Send them out: the call goes on with its document after the Dial; one that still rings is canceled."""
    conference = conference_of(exchange, request, sid)
    participant = _one(request, conference, who)
    if participant in conference.participants:
        conference.remove(participant)
    else:
        participant.leg.end(CallStatus.CANCELED)
    return RestResponse(status=204)


def _everybody(conference: Conference[Leg]) -> Iterator[Participant[Leg]]:
    yield from conference.participants
    yield from (each for each in conference.invited if not each.leg.over and not each.leg.answered)


def _one(request: RestRequest, conference: Conference[Leg], who: str) -> Participant[Leg]:
    for each in _everybody(conference):
        if who and who in (each.leg.sid, each.label):
            return each
    raise not_found(request.path)


def _nobody_is_told(conference: Conference[Leg], event: str, who: Participant[Leg] | None, **more: str) -> None:
    """Of a conference that nobody has come to yet."""


def _stays_as_it_is() -> None:
    """Whoever has not come yet hears nothing of a change."""


def _json(exchange: Exchange, conference: Conference[Leg], each: Participant[Leg]) -> Json:
    base = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Conferences/{conference.sid}"
    began = rfc2822(exchange.began + timedelta(milliseconds=conference.began))
    return {
        "account_sid": exchange.account_sid,
        "call_sid": each.leg.sid,
        "conference_sid": conference.sid,
        "label": each.label or None,
        "muted": each.muted,
        "hold": each.held,
        "coaching": bool(each.coaching),
        "call_sid_to_coach": each.coaching or None,
        "start_conference_on_enter": each.starts,
        "end_conference_on_exit": each.ends,
        "status": STATUSES.get(each.leg.status, "connected"),
        "queue_time": "0",
        "date_created": began,
        "date_updated": began,
        "uri": f"{base}/Participants/{each.leg.sid}.json",
    }
