"""Where in a document a call is."""

from ivr.frozen import frozen
from ivr.harness.twiml.table import Verb

__all__ = ["Doing"]


@frozen
class Doing:
    """The document at `url`, and which of its verbs (from 0) is being done."""

    url: str
    verbs: tuple[Verb, ...]
    at: int
