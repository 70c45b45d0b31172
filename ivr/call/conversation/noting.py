"""What a caller had written down: read from keys and words, and compared with what the call had."""

from ivr.call.conversation.asides import contains
from ivr.call.conversation.talk import Talk
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.flow.rehearsal import Note
from ivr.grammar import Grammar, digit_runs, read_keys, read_words, say_value

__all__ = ["given_note", "kept_note", "right_note", "spoken_note"]


def given_note(talk: Talk, note: Note, heard: Pressed | Spoke | SilentInput) -> tuple[str, str]:
    """By what means, and what; empty where it was nothing."""
    match heard:
        case Pressed(keys=keys):
            return "keys", _keyed(talk, note, keys)
        case Spoke(words=words):
            return "speech", _said(talk, note, words)
        case SilentInput():
            return "silence", ""


def _keyed(talk: Talk, note: Note, keys: str) -> str:
    match note:
        case Note.REFERENCE:
            return keys if keys.isdigit() else ""
        case Note.REPRESENTATIVE:
            offered = talk.state.offered
            return offered[int(keys) - 1] if keys.isdigit() and 1 <= int(keys) <= len(offered) else ""
        case Note.DATE:
            return read_keys(Grammar.DATE, keys, talk.progress.scene.date()) or ""


def _said(talk: Talk, note: Note, words: str) -> str:
    match note:
        case Note.REFERENCE:
            runs = digit_runs(words)
            return max(runs, key=len)[:12] if runs else ""
        case Note.REPRESENTATIVE:
            return next((name for name in talk.people if contains(words, [name])), "")
        case Note.DATE:
            return read_words(Grammar.DATE, words, talk.progress.scene.date()) or ""


def right_note(talk: Talk, note: Note) -> str:
    """What the call had."""
    match note:
        case Note.REFERENCE:
            return talk.state.reference
        case Note.REPRESENTATIVE:
            return talk.state.name
        case Note.DATE:
            return talk.progress.scene.date().isoformat()


def spoken_note(note: Note, right: str) -> str:
    """A note as it is told."""
    match note:
        case Note.REFERENCE:
            return " ".join(right)
        case Note.REPRESENTATIVE:
            return right
        case Note.DATE:
            return say_value(Grammar.DATE, right)


def kept_note(note: Note, given: str, right: str) -> str:
    """A wrong reference number might be any number: what is kept is how far it was right."""
    if note is not Note.REFERENCE or given in ("", right):
        return given
    in_place = sum(digit == wanted for digit, wanted in zip(given, right, strict=False))
    return f"{len(given)} digits, {in_place} in place"
