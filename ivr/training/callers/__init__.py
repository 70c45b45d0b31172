"""Callers made of rules: they play a scenario on anything that can press, say and wait, each with a temper of its own.

They know what a real caller knows: their story, their practice sheet, and what they hear. So they try a line out, they
show a learner how it is done, and they prove that scores come in the right order.
"""

from ivr.training.callers.acts import Act, HangUp, Press, Say, Wait
from ivr.training.callers.playing import MOST_ACTS, Telephone, play
from ivr.training.callers.prepared import By, Case
from ivr.training.callers.tempers import Plan, Temper, caller_of, number_to_dial

__all__ = [
    "MOST_ACTS",
    "Act",
    "By",
    "Case",
    "HangUp",
    "Plan",
    "Press",
    "Say",
    "Telephone",
    "Temper",
    "Wait",
    "caller_of",
    "number_to_dial",
    "play",
]
