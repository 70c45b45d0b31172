"""What is at the end of a number that is dialled: somebody, a machine, another application, or nobody."""

from ivr.harness.far_ends.text import parse_far_end
from ivr.harness.far_ends.values import (
    Answers,
    Busy,
    FarEnd,
    NoAnswer,
    NotInService,
    Rejects,
    Runs,
    Voicemail,
)

__all__ = [
    "Answers",
    "Busy",
    "FarEnd",
    "NoAnswer",
    "NotInService",
    "Rejects",
    "Runs",
    "Voicemail",
    "parse_far_end",
]
