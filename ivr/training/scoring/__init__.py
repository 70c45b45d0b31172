"""Scores: a function of a rehearsal's events, by a scorecard in a file; every point rests on an event."""

from ivr.training.scoring.card import Item, Scorecard, Section, card_file, load_card, read_card
from ivr.training.scoring.evidence import Evidence, evidence_of, rehearsed
from ivr.training.scoring.score import Mark, Score, score_of

__all__ = [
    "Evidence",
    "Item",
    "Mark",
    "Score",
    "Scorecard",
    "Section",
    "card_file",
    "evidence_of",
    "load_card",
    "read_card",
    "rehearsed",
    "score_of",
]
