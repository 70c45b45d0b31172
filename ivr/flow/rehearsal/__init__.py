"""What a rehearsal is made of: scenarios that learners play, and the representatives who answer them."""

from ivr.flow.rehearsal.representative import Detail, FollowUp, Reason, Representatives, Sentences
from ivr.flow.rehearsal.scenario import Difficulty, Fact, Lack, Limits, Note, Scenario, Scenarios, Secret, Twists

__all__ = [
    "Detail",
    "Difficulty",
    "Fact",
    "FollowUp",
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
