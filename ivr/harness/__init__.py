"""A virtual Twilio: it places calls to voice webhooks, runs the TwiML they return, and lets anyone be the caller.

twilio = Exchange()
call = twilio.call(app, url="/voice")
call.press("1")
assert "representative" in call.just_heard
"""

from ivr.harness.call import Call
from ivr.harness.errors import HarnessError, NothingHappens, Refused, Unmet
from ivr.harness.exchange import AUTH_TOKEN, Exchange
from ivr.harness.far_ends import Answers, Busy, FarEnd, NoAnswer, NotInService, Rejects, Runs, Voicemail
from ivr.harness.phone import Phone
from ivr.harness.signature import SharedKey
from ivr.harness.status import CallStatus, Direction, Floor

__all__ = [
    "AUTH_TOKEN",
    "Answers",
    "Busy",
    "Call",
    "CallStatus",
    "Direction",
    "Exchange",
    "FarEnd",
    "Floor",
    "HarnessError",
    "NoAnswer",
    "NotInService",
    "NothingHappens",
    "Phone",
    "Refused",
    "Rejects",
    "Runs",
    "SharedKey",
    "Unmet",
    "Voicemail",
]
