"""Participants of a conference: listed, muted, held, made to coach, announced to, and sent out.

https://www.twilio.com/docs/voice/api/conference-participant-resource
"""

from collections.abc import Iterator
from datetime import timedelta

from ivr.harness.api import account_path
from ivr.harness.conferences import Conference, Participant
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.rest.announcing import announce
from ivr.harness.rest.conferences import conference_of
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, method_of, not_found, rfc2822
from ivr.harness.rest.pages import page
from ivr.harness.status import CallStatus

__all__ = ["change", "fetch", "list_all", "participant_json", "remove"]

STATUSES = {CallStatus.QUEUED: "queued", CallStatus.INITIATED: "connecting", CallStatus.RINGING: "ringing"}


def list_all(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Who is in it, or being called into it; of them the muted, held or coaching where asked."""
    conference = conference_of(exchange, request, sid)
    muted, held, coaching = request.flag("Muted"), request.flag("Hold"), request.flag("Coaching")
    found = [
        participant_json(exchange, conference, each)
        for each in _everybody(conference)
        if muted in (None, each.muted) and held in (None, each.held) and coaching in (None, bool(each.coaching))
    ]
    return page(request, "participants", found)


def fetch(exchange: Exchange, request: RestRequest, sid: str, who: str) -> RestResponse:
    """One of them, by CallSid or label."""
    conference = conference_of(exchange, request, sid)
    return answered(participant_json(exchange, conference, _one(request, conference, who)))


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
    return answered(participant_json(exchange, conference, participant))


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


def participant_json(exchange: Exchange, conference: Conference[Leg], each: Participant[Leg]) -> Json:
    """A Participant resource."""
    base = f"{account_path(exchange.account_sid)}/Conferences/{conference.sid}"
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
