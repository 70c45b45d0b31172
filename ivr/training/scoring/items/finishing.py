"""How the matter ends, and what is left of it: notes and follow-ups."""

from ivr.call.events import ConversationEnded, FollowUpTaken, NoteTaken, ReferenceGiven, Resolved
from ivr.flow.rehearsal import Note
from ivr.training.scoring.evidence import Evidence
from ivr.training.scoring.items.verdict import Look, Verdict, all_or_nothing

__all__ = ["closed", "followed_up", "noted", "resolved"]


def resolved(call: Evidence) -> Verdict | None:
    """Whether the matter was settled, and nothing missing; nobody settles it for who left word."""
    if call.left_word:
        return None
    complete = [event for event in call.all(Resolved) if event.complete]
    return all_or_nothing(call, bool(complete), *complete)


def noted(note: Note) -> Look:
    """Whether a note was right. Before anybody knew the reason there was nothing to note: a name is guessed then."""

    def look(call: Evidence) -> Verdict | None:
        if note not in call.case.scenario.notes or call.told is None:
            return None
        if note is Note.REFERENCE and call.first(ReferenceGiven) is None:
            return None
        taken = tuple(event for event in call.all(NoteTaken) if event.note == note)
        return all_or_nothing(call, any(event.right for event in taken), *taken)

    return look


def followed_up(call: Evidence) -> Verdict | None:
    """Of the follow-ups that the case needs, the share that was taken."""
    needed = call.case.scenario.follow_ups
    if not needed or call.answered is None:
        return None
    taken = {event.follow_up: event for event in call.all(FollowUpTaken) if event.needed}
    return Verdict(len(taken) / len(needed), tuple(taken.values()) or call.events[-1:])


def closed(call: Evidence) -> Verdict | None:
    """Whether the last conversation came to its goodbye."""
    ended = tuple(call.all(ConversationEnded))
    if not ended:
        return None
    return all_or_nothing(call, ended[-1].how == "closed", ended[-1])
