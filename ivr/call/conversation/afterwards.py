"""Once the representative is gone: the caller's notes are checked, and the call is talked over."""

from ivr.call.conversation.asides import contains
from ivr.call.conversation.items import DEBRIEF, NOTE, REFLECTION, bare
from ivr.call.conversation.talk import Talk
from ivr.call.events import NoteTaken, Reflected
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.turn import Outcome, Turn
from ivr.flow.rehearsal import Note
from ivr.grammar import Grammar, digit_runs, read_keys, read_words, say_value

__all__ = ["MOST_AFTERWARDS", "begin_notes", "hear_afterwards"]

NOTHING_KEY = "*"
"""For a note that was not taken."""
MOST_TRIES = 2
MOST_DETAILS = 9
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
        return _debrief(talk)
    return _detail(talk, heard)


def _next(talk: Talk) -> Turn:
    """The next note that nobody asked for yet; then the debrief."""
    for note in talk.case.scenario.notes:
        item = NOTE + note
        if item not in talk.state.known and (note is not Note.REFERENCE or talk.state.reference):
            talk.at(item)
            return _ask(talk, note)
    talk.state.phase = "debrief"
    if talk.progress.board.coach is None or not talk.progress.board.debriefs:
        return _end(talk)
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
    by, given = _given(talk, note, heard)
    right = _right(talk, note)
    nothing = heard == Pressed(keys=NOTHING_KEY)
    state.tries += 1
    if not given and not nothing and state.tries < MOST_TRIES:
        talk.say(words.again)
        return _ask(talk, note)
    talk.note(NoteTaken, note=note, by=by, given=_kept(note, given, right), right=given == right)
    state.known[NOTE + note] = "given"
    state.offered = []
    if given == right:
        talk.say(words.right)
    else:
        talk.say(words.wrong, right=_spoken(note, right))
    return _next(talk)


def _given(talk: Talk, note: Note, heard: Pressed | Spoke | SilentInput) -> tuple[str, str]:
    """By what means, and what; empty where it was nothing."""
    match heard:
        case Pressed(keys=keys):
            return "keys", _keyed(talk, note, keys)
        case Spoke(words=words):
            return "speech", _said(talk, note, words)
        case SilentInput():
            return "silence", ""


def _kept(note: Note, given: str, right: str) -> str:
    """A wrong reference number might be any number: what is kept is how far it was right."""
    if note is not Note.REFERENCE or given in ("", right):
        return given
    in_place = sum(digit == wanted for digit, wanted in zip(given, right, strict=False))
    return f"{len(given)} digits, {in_place} in place"


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


def _right(talk: Talk, note: Note) -> str:
    match note:
        case Note.REFERENCE:
            return talk.state.reference
        case Note.REPRESENTATIVE:
            return talk.state.name
        case Note.DATE:
            return talk.progress.scene.date().isoformat()


def _spoken(note: Note, right: str) -> str:
    match note:
        case Note.REFERENCE:
            return " ".join(right)
        case Note.REPRESENTATIVE:
            return right
        case Note.DATE:
            return say_value(Grammar.DATE, right)


def _debrief(talk: Talk) -> Turn:
    """Told once, in full; its details are a key away."""
    coach = talk.progress.board.coach
    assert coach is not None
    spoken = coach.debrief(talk.progress.record, talk.progress.history())
    talk.progress.say_as(None, (spoken.summary,), {})
    if not spoken.details:
        return _end(talk)
    talk.at(DEBRIEF)
    talk.state.offered = list(spoken.details[:MOST_DETAILS])
    return _offer_details(talk)


def _offer_details(talk: Talk) -> Turn:
    talk.say(talk.case.people.afterwards.details, offers=" ".join(_detail_offers(talk)))
    return talk.listen()


def _detail(talk: Talk, heard: Pressed | Spoke | SilentInput) -> Turn:
    """One detail of the debrief; anything that asks for none ends the call."""
    chosen = _chosen(talk, heard)
    if chosen is None:
        return _end(talk)
    talk.progress.say_as(None, (talk.state.offered[chosen].partition(":")[2].strip(),), {})
    talk.state.tries += 1
    return _end(talk) if talk.state.tries >= MOST_DETAILS else _offer_details(talk)


def _chosen(talk: Talk, heard: Pressed | Spoke | SilentInput) -> int | None:
    offered = talk.state.offered
    match heard:
        case Pressed(keys=keys) if keys.isdigit() and 1 <= int(keys) <= len(offered):
            return int(keys) - 1
        case Spoke(words=words):
            titles = [detail.partition(":")[0] for detail in offered]
            return next((at for at, title in enumerate(titles) if contains(words, [title])), None)
        case _:
            return None


def _detail_offers(talk: Talk) -> list[str]:
    return [talk.offer(detail.partition(":")[0], key) for key, detail in enumerate(talk.state.offered, start=1)]


def _end(talk: Talk) -> Turn:
    talk.say(talk.case.people.afterwards.goodbye)
    return talk.progress.end(Outcome.CONNECTED, talk.state.department)
