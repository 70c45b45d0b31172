"""What a caller's words and keys mean: the options they ask for, the values they give, and what must not be kept."""

from ivr.grammar.bands import DEFAULT_BANDS, Band, Bands, band
from ivr.grammar.builtin import Grammar, read_keys, read_words, say_value
from ivr.grammar.clashes import Clash
from ivr.grammar.digits import digit_runs
from ivr.grammar.evidence import NONE, Evidence, EvidenceError, read_evidence
from ivr.grammar.recogniser import Hypothesis, Recogniser
from ivr.grammar.redaction import redact
from ivr.grammar.topic import Topic
from ivr.grammar.vocabulary import Vocabulary

__all__ = [
    "DEFAULT_BANDS",
    "NONE",
    "Band",
    "Bands",
    "Clash",
    "Evidence",
    "EvidenceError",
    "Grammar",
    "Hypothesis",
    "Recogniser",
    "Topic",
    "Vocabulary",
    "band",
    "digit_runs",
    "read_evidence",
    "read_keys",
    "read_words",
    "redact",
    "say_value",
]
