"""What a rehearsal is made of: scenarios that learners play, and the representatives who answer them."""

from ivr.flow.rehearsal.representative import (
    Afterwards,
    Asides,
    Briefing,
    Detail,
    FollowUp,
    Hints,
    Reason,
    Representatives,
    Sentences,
)
from ivr.flow.rehearsal.scenario import Difficulty, Fact, Lack, Limits, Note, Scenario, Scenarios, Secret, Twists

__all__ = [
    "Afterwards",
    "Asides",
    "Briefing",
    "Detail",
    "Difficulty",
    "Fact",
    "FollowUp",
    "Hints",
    "Lack",
    "Limits",
    "Note",
    "Reason",
    "Representatives",
    "Scenario",
    "Scenarios",
    "Secret",
    "Sentences",
    "Twists",
]
