"""The end of a call that its caller has left, told by Twilio or, where its news was lost, found out in the end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from ivr.call import CallRecord, CallSession, Clock, HungUp, Switchboard
from ivr.errors import RecordError
from ivr.render.twiml import twiml
from ivr.stores.kept import KeptCall
from webhooks.recent import Left
from webhooks.store import CallStore

__all__ = ["LONGEST_CALL", "close", "hang_up", "hang_up_as_left"]

LONGEST_CALL = timedelta(hours=24)
"""No call of Twilio's is longer: https://www.twilio.com/docs/voice/api/call-resource (TimeLimit)."""


def close(store: CallStore, board: Switchboard, calls: Iterable[str]) -> int:
    """Ends these calls as if their callers had hung up when last heard of; how many of them had not ended."""
    found = (store.find(call) for call in calls)
    return sum(_closed(store, board, kept) for kept in found if kept and not kept.ended)


def _closed(store: CallStore, board: Switchboard, kept: KeptCall) -> bool:
    return hang_up(store, board, kept, lambda: kept.at)


def hang_up(store: CallStore, board: Switchboard, kept: KeptCall, clock: Clock) -> bool:
    """Ends a call whose caller has hung up. False where the call was updated meanwhile."""
    try:
        left = Left(record=CallRecord.from_json(kept.record), version=kept.version, caller=kept.caller)
        return hang_up_as_left(store, board, left, clock)
    except RecordError:  # nobody can read where it stood, and it is over all the same
        last = replace(kept, version=kept.version + 1, ended=True, at=clock(), late_key=None)
        return store.save(last, answered=None, events=())


def hang_up_as_left(store: CallStore, board: Switchboard, left: Left, clock: Clock) -> bool:
    """The same, where the call waits for its caller. Raises RecordError."""
    record = left.record
    session = CallSession(board, record, clock, before=lambda: store.events(record.id))
    turn = session.hear(HungUp())
    call = KeptCall(
        id=record.id,
        version=left.version + 1,
        record=record.to_json(),
        document=twiml(turn, action="", hold_music=None),
        ended=True,
        at=clock(),
        caller=left.caller,
    )
    return store.save(call, answered=None, events=session.events)
