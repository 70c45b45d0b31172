"""Where in a document a call is."""

from dataclasses import dataclass

from ivr.harness.twiml.table import Verb

__all__ = ["Doing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Doing:
    """The document at `url`, and which of its verbs (from 0) is being done."""

    url: str
    verbs: tuple[Verb, ...]
    at: int
