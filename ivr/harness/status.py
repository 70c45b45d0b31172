"""How a call stands, and whose turn it is to do something."""

from enum import Enum, StrEnum

__all__ = ["CallStatus", "Direction", "Floor"]


class CallStatus(StrEnum):
    """Twilio's CallStatus: https://www.twilio.com/docs/voice/api/call-resource#call-status-values."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


class Direction(StrEnum):
    """Who called whom, in Twilio's words."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_DIAL = "outbound-dial"


class Floor(Enum):
    """Who has the floor, and so whether a caller has anything to do but listen."""

    TWILIO = "twilio"  # prompts, ringing, requests: the caller listens
    QUESTION = "question"  # a Gather waits and has heard nothing yet
    ANSWERING = "answering"  # a Gather has heard something and waits for the rest
    MESSAGE = "message"  # a Record runs
    HOLD = "hold"  # in a queue, or alone in a conference
    TALK = "talk"  # connected to somebody
    OVER = "over"

    def __init__(self, word: str) -> None:
        self.settled = word not in ("twilio", "answering")
        """Whether the caller would now act, or the call is over."""
