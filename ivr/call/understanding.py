"""What an answer to a question means: a value for each thing a caller can have meant."""

from typing import Literal

from ivr.call.entries import Entered, PracticeList, Refused, read_entry
from ivr.call.input import Pressed, Silent, Spoke
from ivr.call.listening import SKIP_KEY
from ivr.call.progress import Progress
from ivr.flow.asking import Universal
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Mask, Menu, Message
from ivr.flow.words import SKIP, UNIVERSAL
from ivr.frozen import frozen
from ivr.grammar import Band, redact

__all__ = ["Asked", "Chose", "Entry", "Left", "Misunderstood", "Quiet", "Skipped", "Understood", "understand"]

By = Literal["keys", "speech"]


@frozen
class Chose:
    """An option or link of a menu, by its event. `band` is CONFIRM where the caller has to confirm it."""

    event: str
    by: By
    words: str
    confidence: float | None = None
    band: Band = Band.ACCEPT


@frozen
class Entry:
    """An entry for a slot."""

    entered: Entered
    by: By
    confidence: float | None = None
    band: Band = Band.ACCEPT


@frozen
class Skipped:
    """An optional entry was left out."""

    by: By


@frozen
class Asked:
    """A universal."""

    universal: Universal
    by: By


@frozen
class Left:
    """A message, so many words long."""

    words: int


@frozen
class Quiet:
    """Nothing."""


@frozen
class Misunderstood:
    """A no-match. `words` holds nothing sensitive."""

    reason: str
    by: By
    words: str


Understood = Chose | Entry | Skipped | Asked | Left | Quiet | Misunderstood


def understand(progress: Progress, heard: Pressed | Spoke | Silent) -> Understood:
    """What `heard` means at the question the call is at."""
    match heard:
        case Silent():
            return Quiet()
        case Pressed(keys=""):
            return Quiet()
        case Pressed():
            return _keys(progress, heard)
        case Spoke(words=words) if not words.strip():
            return Quiet()
        case Spoke():
            return _words(progress, heard)


def _keys(progress: Progress, heard: Pressed) -> Understood:
    node, keys = progress.node, heard.keys
    if isinstance(node, Message):
        return _universal(progress, keys) or _unknown_keys(keys)
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            if option.keys == keys:
                return Chose(event=option_event(option, index), by="keys", words=keys)
        return _universal(progress, keys) or _unknown_keys(keys)
    assert isinstance(node, Collect)
    if node.optional and keys == SKIP_KEY:
        return Skipped(by="keys")
    return _universal(progress, keys) or _entry(progress, node, heard, "keys")


def _universal(progress: Progress, keys: str) -> Asked | None:
    for universal, binding in progress.tree.universals(progress.place).items():
        # Folk wisdom has 0#, #0 and *0; a caller who keys 000 wants the same as one who keys 0.
        if binding.keys is not None and keys in (binding.keys, *(binding.keys * times for times in (2, 3, 4))):
            return Asked(universal=universal, by="keys")
    return None


def _unknown_keys(keys: str) -> Misunderstood:
    # Which keys they were is not kept: a caller may be keying a real number into a menu, a digit a turn.
    return Misunderstood(reason="unknown-key", by="keys", words="a key" if len(keys) == 1 else f"{len(keys)} keys")


def _words(progress: Progress, heard: Spoke) -> Understood:
    place, node = progress.place, progress.node
    if isinstance(node, Message):
        return _message(progress, heard)
    hypothesis = progress.board.centre.hearing(progress.record.line, place).hear(heard.words)
    band = progress.tree.bands(place).band(hypothesis.score, heard.confidence)
    choice = hypothesis.option if band is not Band.REJECT else None
    if isinstance(node, Collect):
        return _said_at_collect(progress, node, heard, choice if band is Band.ACCEPT else None)
    words = redact(heard.words)
    if choice is None:
        reason = "no-match" if hypothesis.option is None else "low-confidence"
        return Misunderstood(reason=reason, by="speech", words=words)
    if choice.startswith(UNIVERSAL):
        return Asked(universal=Universal(choice.removeprefix(UNIVERSAL)), by="speech")
    return Chose(event=choice, by="speech", words=words, confidence=heard.confidence, band=band)


def _message(progress: Progress, heard: Spoke) -> Understood:
    hypothesis = progress.board.centre.hearing(progress.record.line, progress.place).hear(heard.words)
    length = len(heard.words.split())
    short = length <= 4 and progress.tree.bands(progress.place).band(hypothesis.score, heard.confidence) is Band.ACCEPT
    if short and hypothesis.option is not None:
        return Asked(universal=Universal(hypothesis.option.removeprefix(UNIVERSAL)), by="speech")
    return Left(words=length)


def _said_at_collect(progress: Progress, node: Collect, heard: Spoke, choice: str | None) -> Understood:
    read = _entry(progress, node, heard, "speech") if choice is None or len(heard.words.split()) > 4 else None
    if isinstance(read, Entry) or choice is None:
        return read or Quiet()
    if choice == SKIP:
        return Skipped(by="speech")
    return Asked(universal=Universal(choice.removeprefix(UNIVERSAL)), by="speech")


def _entry(progress: Progress, node: Collect, heard: Pressed | Spoke, by: By) -> Entry | Misunderstood:
    centre = progress.board.centre
    practice = PracticeList(members=centre.members, directory=centre.directory, member=progress.record.member)
    confidence = heard.confidence if isinstance(heard, Spoke) else None
    band = progress.tree.bands(progress.place).band(1.0, 1.0 if confidence is None else confidence)
    if band is Band.REJECT:
        return Misunderstood(reason="low-confidence", by=by, words=_harmless(node, heard))
    entered = read_entry(node, heard, practice, progress.scene.date())
    if isinstance(entered, Refused):
        return Misunderstood(reason=entered.reason, by=by, words=_harmless(node, heard))
    # A hidden entry cannot be read back to be confirmed: unsure words are asked for again.
    if band is Band.CONFIRM and node.masked is Mask.HIDDEN:
        return Misunderstood(reason="low-confidence", by=by, words="")
    return Entry(entered=entered, by=by, confidence=confidence, band=band)


def _harmless(node: Collect, heard: Pressed | Spoke) -> str:
    """As much of a refused entry as may be kept: the number of keys; words, where nothing secret was asked for."""
    if isinstance(heard, Pressed):
        return f"{len(heard.keys)} keys"
    return redact(heard.words) if node.masked is Mask.NONE else ""
