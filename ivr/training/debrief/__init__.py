"""Debriefs: the learner's own view first, then facts that quote the call, then one thing to try."""

from ivr.training.debrief.facts import Debrief, Fact, debrief_of
from ivr.training.debrief.spoken import LONGEST_SPOKEN, spoken_debrief
from ivr.training.debrief.text import WIDTH, debrief_text

__all__ = ["LONGEST_SPOKEN", "WIDTH", "Debrief", "Fact", "debrief_of", "debrief_text", "spoken_debrief"]
