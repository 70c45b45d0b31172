"""Queues and their members. https://www.twilio.com/docs/voice/api/queue-resource and /member-resource."""

from datetime import timedelta

from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.queues import Member, Queue
from ivr.harness.rest.messages import (
    Json,
    Problem,
    RestRequest,
    RestResponse,
    answered,
    method_of,
    not_found,
    rfc2822,
    url_of,
)
from ivr.harness.rest.pages import page

__all__ = ["create", "delete", "fetch", "fetch_member", "list_members", "list_queues", "take_member", "update"]

NAME_TAKEN, NOT_EMPTY = 22003, 20001
FRONT = "Front"


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Make a queue; its FriendlyName is what Enqueue and Dial call it."""
    name = request.get("FriendlyName")
    if name is None:
        raise Problem(400, 20001, "FriendlyName is required")
    if any(queue.name == name for queue in exchange.queues.by_sid.values()):
        raise Problem(400, NAME_TAKEN, f"A queue named {name} exists already")
    queue = exchange.queues.named(name, size=request.whole("MaxSize", 1000))
    return answered(_json(exchange, queue), 201)


def list_queues(exchange: Exchange, request: RestRequest) -> RestResponse:
    """All of them."""
    return page(request, "queues", [_json(exchange, queue) for queue in exchange.queues.by_sid.values()])


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return answered(_json(exchange, _queue(exchange, request, sid)))


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Change its name or size."""
    queue = _queue(exchange, request, sid)
    queue.name = request.get("FriendlyName") or queue.name
    queue.size = request.whole("MaxSize", queue.size)
    return answered(_json(exchange, queue))


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget an empty one."""
    if _queue(exchange, request, sid).members:
        raise Problem(400, NOT_EMPTY, "Callers wait in this queue")
    del exchange.queues.by_sid[sid]
    return RestResponse(status=204)


def list_members(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Who waits, the head first."""
    queue = _queue(exchange, request, sid)
    return page(request, "queue_members", [_member_json(exchange, queue, member) for member in queue.members])


def fetch_member(exchange: Exchange, request: RestRequest, sid: str, call_sid: str) -> RestResponse:
    """One who waits, by CallSid; `Front` is the head."""
    queue = _queue(exchange, request, sid)
    return answered(_member_json(exchange, queue, _member(request, queue, call_sid)))


def take_member(exchange: Exchange, request: RestRequest, sid: str, call_sid: str) -> RestResponse:
    """Take a caller out, who goes on with the document at Url."""
    queue = _queue(exchange, request, sid)
    member = _member(request, queue, call_sid)
    to = Ask(method=method_of(request, "Method"), url=url_of(request, "Url"))
    told = _member_json(exchange, queue, member)
    member.leg.redirect(to)
    return answered(told)


def _queue(exchange: Exchange, request: RestRequest, sid: str) -> Queue[Leg]:
    queue = exchange.queues.by_sid.get(sid)
    if queue is None:
        raise not_found(request.path)
    return queue


def _member(request: RestRequest, queue: Queue[Leg], call_sid: str) -> Member[Leg]:
    for member in queue.members:
        if call_sid in (FRONT, member.leg.sid):
            return member
    raise not_found(request.path)


def _json(exchange: Exchange, queue: Queue[Leg]) -> Json:
    uri = f"{account_path(exchange.account_sid)}/Queues/{queue.sid}"
    began = rfc2822(exchange.began)
    return {
        "sid": queue.sid,
        "account_sid": exchange.account_sid,
        "friendly_name": queue.name,
        "max_size": queue.size,
        "current_size": len(queue.members),
        "average_wait_time": queue.average_wait,
        "date_created": began,
        "date_updated": began,
        "uri": f"{uri}.json",
        "subresource_uris": {"members": f"{uri}/Members.json"},
    }


def _member_json(exchange: Exchange, queue: Queue[Leg], member: Member[Leg]) -> Json:
    uri = f"{account_path(exchange.account_sid)}/Queues/{queue.sid}/Members/{member.leg.sid}.json"
    return {
        "queue_sid": queue.sid,
        "call_sid": member.leg.sid,
        "date_enqueued": rfc2822(exchange.began + timedelta(milliseconds=member.since)),
        "position": queue.position(member),
        "wait_time": (exchange.timeline.now - member.since) // 1000,
        "uri": uri,
    }
