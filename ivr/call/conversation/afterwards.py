"""Once the representative is gone: the caller's notes are asked for, and the call is talked over."""

from ivr.call.conversation.debriefing import MOST_DETAILS, debrief, end, hear_detail
from ivr.call.conversation.items import NOTE, REFLECTION, bare
from ivr.call.conversation.noting import given_note, kept_note, right_note, spoken_note
from ivr.call.conversation.talk import Talk
from ivr.call.events import NoteTaken, Reflected
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.turn import Turn
from ivr.flow.rehearsal import Note

__all__ = ["MOST_AFTERWARDS", "begin_notes", "hear_afterwards"]

NOTHING_KEY = "*"
"""For a note that was not taken."""
MOST_TRIES = 2
MOST_AFTERWARDS = len(Note) * MOST_TRIES + 1 + MOST_DETAILS
"""Turns from the representative's goodbye to the end, at most."""
_CHOICES = 3


def begin_notes(talk: Talk) -> Turn:
    """The practice line itself takes over."""
    state = talk.state
    state.phase, state.awaiting, state.offered, state.item = "notes", "", [], ""
    talk.say(talk.case.people.afterwards.opening)
    return _next(talk)


def hear_afterwards(talk: Talk, heard: Pressed | Spoke | SilentInput) -> Turn:
    """What a caller says to the practice line."""
    item = talk.state.item
    if item.startswith(NOTE):
        return _note(talk, Note(bare(item)), heard)
    if item == REFLECTION:
        if isinstance(heard, Spoke) and heard.words.strip():
            talk.note(Reflected, words=len(heard.words.split()))
        return debrief(talk)
    return hear_detail(talk, heard)


def _next(talk: Talk) -> Turn:
    """The next note that nobody asked for yet; then the debrief."""
    for note in talk.case.scenario.notes:
        item = NOTE + note
        if item not in talk.state.known and (note is not Note.REFERENCE or talk.state.reference):
            talk.at(item)
            return _ask(talk, note)
    talk.state.phase = "debrief"
    if talk.progress.board.coach is None or not talk.progress.board.debriefs:
        return end(talk)
    talk.at(REFLECTION)
    talk.say(talk.case.people.afterwards.ask_reflection)
    return talk.listen()


def _ask(talk: Talk, note: Note) -> Turn:
    words = talk.case.people.afterwards
    match note:
        case Note.REFERENCE:
            talk.say(words.ask_reference)
            return talk.listen()
        case Note.REPRESENTATIVE:
            talk.state.offered = talk.state.offered or _names(talk)
            offers = [talk.offer(name, key) for key, name in enumerate(talk.state.offered, start=1)]
            talk.say(words.ask_representative, offers=" ".join(offers))
            return talk.listen()
        case Note.DATE:
            talk.say(words.ask_date)
            return talk.listen()


def _names(talk: Talk) -> list[str]:
    """The right name among others, where chance puts it."""
    others = [name for name in talk.people if name not in talk.state.met]
    picked: list[str] = []
    while len(picked) < _CHOICES - 1 and others:
        picked.append(others.pop(int(talk.progress.chance() * len(others))))
    picked.insert(int(talk.progress.chance() * (len(picked) + 1)), talk.state.name)
    return picked


def _note(talk: Talk, note: Note, heard: Pressed | Spoke | SilentInput) -> Turn:
    """One note: a second try where nothing was given that could be one."""
    state, words = talk.state, talk.case.people.afterwards
    by, given = given_note(talk, note, heard)
    right = right_note(talk, note)
    nothing = heard == Pressed(keys=NOTHING_KEY)
    state.tries += 1
    if not given and not nothing and state.tries < MOST_TRIES:
        talk.say(words.again)
        return _ask(talk, note)
    talk.note(NoteTaken, note=note, by=by, given=kept_note(note, given, right), right=given == right)
    state.known[NOTE + note] = "given"
    state.offered = []
    if given == right:
        talk.say(words.right)
    else:
        talk.say(words.wrong, right=spoken_note(note, right))
    return _next(talk)
