"""Status callbacks: how the application is told of a call's progress, whatever its documents do.

https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application: asynchronous, and the answer is ignored.
"""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import lru_cache, partial

from ivr.harness.errors import Refused
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask

__all__ = ["tell_progress"]

CALLBACK_WARNING = 15003  # https://www.twilio.com/docs/api/errors/15003


def tell_progress(leg: Leg, event: str) -> None:
    """Request the status callback, if there is one for this event, once everything else due now has happened."""
    callback = leg.webhooks.callback
    if callback is None or event not in callback.events:
        return
    params = {
        "CallStatus": str(leg.status),
        "Timestamp": _rfc_2822(leg.now),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(leg.callbacks_sent),
    }
    if event == "completed":
        seconds = leg.duration
        params["CallDuration"] = str(seconds)
        params["Duration"] = str(-(-seconds // 60))
    leg.callbacks_sent += 1
    leg.timeline.soon(partial(notify, leg, Ask(method=callback.method, url=callback.url, params=params)))


def _rfc_2822(when: datetime) -> str:
    """As `format_datetime` writes it, whose day is the same for all the calls of a day."""
    return f"{_day(when.date())} {when.time().isoformat('seconds')} GMT"


@lru_cache(maxsize=16)
def _day(day: date) -> str:
    return format_datetime(datetime.combine(day, time(tzinfo=UTC))).partition(" 00:")[0]


def notify(leg: Leg, ask: Ask) -> None:
    """Make a request whose answer is ignored; a failure is a warning only."""
    try:
        leg.fetch("callback", ask)
    except Refused as problem:
        leg.warn(CALLBACK_WARNING, 0, str(problem))
