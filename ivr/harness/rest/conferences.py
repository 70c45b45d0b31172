"""Conferences and their participants.

https://www.twilio.com/docs/voice/api/conference-resource and /conference-participant-resource
"""

from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from ivr.harness.calling import Wanted
from ivr.harness.conferences import Conference, Participant
from ivr.harness.exchange import Exchange
from ivr.harness.leg import API_VERSION, Leg
from ivr.harness.lines import Webhooks
from ivr.harness.outcome import Ask
from ivr.harness.rest.announcing import announce
from ivr.harness.rest.calls import callback_of, detection_of, from_of, to_of
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, method_of, not_found, rfc2822
from ivr.harness.rest.pages import page
from ivr.harness.twiml.document import read_document

__all__ = [
    "add_participant",
    "change_participant",
    "fetch",
    "fetch_participant",
    "list_conferences",
    "list_participants",
    "remove_participant",
    "update",
]

OVER = "completed"
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
}
"""What a participant is added with, and the attribute of Conference that means the same."""


def list_conferences(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The conferences, the newest first, of the FriendlyName and Status asked for."""
    name, status = request.get("FriendlyName"), request.get("Status")
    found = [
        _json(exchange, conference)
        for conference in reversed(exchange.conferences.by_sid.values())
        if name in (None, conference.name) and status in (None, conference.status)
    ]
    return page(request, "conferences", found)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return answered(_json(exchange, _conference(exchange, request, sid)))


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Status=completed ends it for everybody; AnnounceUrl is heard by everybody."""
    conference = _conference(exchange, request, sid)
    announce([each.leg for each in conference.participants], request)
    if request.get("Status") == OVER:
        conference.end("conference-ended-via-api")
    return answered(_json(exchange, conference))


def list_participants(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Who is in it; of them the muted, held or coaching where asked."""
    conference = _conference(exchange, request, sid)
    muted, held, coaching = request.flag("Muted"), request.flag("Hold"), request.flag("Coaching")
    found = [
        _participant_json(exchange, conference, each)
        for each in conference.participants
        if muted in (None, each.muted) and held in (None, each.held) and coaching in (None, bool(each.coaching))
    ]
    return page(request, "participants", found)


def add_participant(exchange: Exchange, request: RestRequest, name: str) -> RestResponse:
    """Call somebody into a conference, by its SID or its name; it is made if there is none."""
    conference = exchange.conferences.by_sid.get(name)
    attributes = "".join(
        f" {attribute}={quoteattr(value)}" for field, attribute in GIVEN_ON.items() if (value := request.get(field))
    )
    room = escape(conference.name if conference else name)
    document = f"<Response><Dial><Conference{attributes}>{room}</Conference></Dial></Response>"
    leg = exchange.place(
        to=to_of(request),
        from_=from_of(request),
        first=read_document(document.encode(), "text/xml"),
        webhooks=Webhooks(voice_url="", callback=callback_of(request)),
        timeout=request.whole("Timeout", 60),
        at_most=request.whole("TimeLimit", 14400),
        wanted=Wanted(detection=detection_of(request)),
    )
    return answered(
        {
            "account_sid": exchange.account_sid,
            "call_sid": leg.sid,
            "conference_sid": conference.sid if conference else None,
            "label": request.get("Label"),
            "status": "queued",
            "muted": request.flag("Muted") or False,
            "hold": False,
            "coaching": request.flag("Coaching") or False,
            "call_sid_to_coach": request.get("CallSidToCoach"),
            "start_conference_on_enter": request.flag("StartConferenceOnEnter") is not False,
            "end_conference_on_exit": request.flag("EndConferenceOnExit") or False,
        },
        201,
    )


def fetch_participant(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """One of them, by CallSid or label."""
    conference = _conference(exchange, request, sid)
    return answered(_participant_json(exchange, conference, _participant(request, conference, who)))


def change_participant(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """Mute, hold, coach, announce something, or say what happens when they leave."""
    conference = _conference(exchange, request, sid)
    participant = _participant(request, conference, who)
    announce([participant.leg], request)
    muted, held, ends = request.flag("Muted"), request.flag("Hold"), request.flag("EndConferenceOnExit")
    if muted is not None:
        conference.mute(participant, muted)
    if held is not None:
        url = request.get("HoldUrl")
        conference.hold(
            participant, held, None if url is None else Ask(method=method_of(request, "HoldMethod"), url=url)
        )
    if ends is not None:
        participant.ends = ends
    match request.flag("Coaching"):
        case True:
            participant.coaching = _participant(request, conference, request.get("CallSidToCoach") or "").leg.sid
        case False:
            participant.coaching = ""
        case None:
            pass
    return answered(_participant_json(exchange, conference, participant))


def remove_participant(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """Send them out: the call goes on with its document after the Dial."""
    conference = _conference(exchange, request, sid)
    conference.remove(_participant(request, conference, who))
    return RestResponse(status=204)


def _conference(exchange: Exchange, request: RestRequest, sid: str) -> Conference[Leg]:
    conference = exchange.conferences.by_sid.get(sid)
    if conference is None:
        raise not_found(request.path)
    return conference


def _participant(request: RestRequest, conference: Conference[Leg], who: str) -> Participant[Leg]:
    for each in conference.participants:
        if who and who in (each.leg.sid, each.label):
            return each
    raise not_found(request.path)


def _json(exchange: Exchange, conference: Conference[Leg]) -> Json:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Conferences/{conference.sid}"
    began = rfc2822(exchange.began + timedelta(milliseconds=conference.began))
    return {
        "sid": conference.sid,
        "account_sid": exchange.account_sid,
        "api_version": API_VERSION,
        "friendly_name": conference.name,
        "status": conference.status,
        "region": "us1",
        "reason_conference_ended": conference.reason_ended or None,
        "call_sid_ending_conference": conference.ended_by or None,
        "date_created": began,
        "date_updated": began,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in ("participants", "recordings")},
    }


def _participant_json(exchange: Exchange, conference: Conference[Leg], each: Participant[Leg]) -> Json:
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
        "status": "connected",
        "queue_time": "0",
        "date_created": began,
        "date_updated": began,
        "uri": f"{base}/Participants/{each.leg.sid}.json",
    }
