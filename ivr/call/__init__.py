"""One call through a tree: the caller's input in, the next turn out, events as the memory."""

from ivr.call.input import CallerInput, HungUp, Pressed, Silent, Spoke
from ivr.call.record import CallRecord
from ivr.call.session import CallSession, Clock
from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.call.turn import Ended, Holding, Listening, Offer, Outcome, Turn, Words, take_keys

__all__ = [
    "CARD_BACK",
    "CallRecord",
    "CallSession",
    "CallerInput",
    "Clock",
    "Ended",
    "Holding",
    "HungUp",
    "Listening",
    "Offer",
    "Outcome",
    "Pressed",
    "Silent",
    "Spoke",
    "Switchboard",
    "Turn",
    "Words",
    "take_keys",
]
