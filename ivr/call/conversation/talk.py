"""A turn of a conversation in the making."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ivr.call.case import Case
from ivr.call.conversation.items import DETAIL, VERIFYING, bare
from ivr.call.events import Event
from ivr.call.pace import speaking_seconds
from ivr.call.progress import Progress
from ivr.call.record import Conversation
from ivr.call.turn import Listening, Offer, Turn
from ivr.flow.closed import Prompt
from ivr.grammar import Grammar

__all__ = ["FINISH", "WHILE_SEARCHING", "Talk", "most_keys", "offers"]

FINISH = "#"
SILENCE = 8.0
"""Seconds: a person waits longer than a machine."""
WHILE_SEARCHING = 30.0
_DIGITS = {"card_ending": 4, "last_four": 4, "zip": 5}
_NOTES = {"note:reference": 6, "note:date": 8}
_LONGEST = {Grammar.DATE: 8, Grammar.TIME: 4, Grammar.PHONE: 11, Grammar.BOOLEAN: 1}


class Talk:
    """What can be done in a turn of a conversation: say, note, listen."""

    def __init__(self, progress: Progress, case: Case, state: Conversation) -> None:
        self.progress = progress
        self.case = case
        self.state = state
        self.first_answer = not state.opened
        """Whether the caller answers the greeting, and nothing was asked for again."""

    @property
    def people(self) -> list[str]:
        """Everybody's first name, in the order of the file."""
        return list(self.case.people.names)

    @property
    def gone(self) -> bool:
        """Whether the practice line itself speaks."""
        return self.state.phase in ("notes", "debrief")

    @property
    def voice(self) -> str | None:
        """The representative's, one of Twilio's; None where none is given, and the line's own once they are gone."""
        voices = self.case.people.voices
        return None if self.gone or not voices else voices[self.people.index(self.state.name) % len(voices)]

    def say(self, prompt: Prompt, **values: str) -> None:
        """Says one of a prompt's alternatives, in the representative's voice."""
        first_name = self.case.member.fact("first_name") if self.state.known.get("name") == "given" else ""
        known = {"name": self.state.name, "first_name": first_name, **self.case.member_facts, **values}
        self.progress.say_as(self.voice, prompt, known, None if self.gone else self.state.name)

    def offer(self, what: str, key: int) -> str:
        """One thing that a key stands for, in words."""
        return self.case.people.sentences.offer[0].replace("{what}", what).replace("{key}", str(key))

    def note(self, kind: type[Event], **values: object) -> None:
        """Appends an event."""
        self.progress.note(kind, **values)

    def at(self, item: str) -> bool:
        """Moves on to an item; whether it is a new one."""
        if self.state.item == item:
            return False
        self.state.item, self.state.tries, self.state.asked_at = item, 0, ""
        self.state.unclear = False
        return True

    @property
    def seconds(self) -> float:
        """Since the item at hand was asked for first, from the end of the question."""
        if not self.state.asked_at:
            return 0.0
        passed = (self.progress.now - datetime.fromisoformat(self.state.asked_at)).total_seconds()
        return round(max(0.0, passed), 2)

    @property
    def patience(self) -> float:
        """Seconds of silence that the item at hand gives."""
        return SILENCE

    def listen(self, silence: float = SILENCE) -> Turn:
        """The turn, which waits for the answer to the item at hand."""
        state = self.state
        if not state.asked_at:
            spoken = sum(speaking_seconds(words.text) for words in self.progress.words)
            state.asked_at = (self.progress.now + timedelta(seconds=spoken)).isoformat()
        keys = most_keys(state, self.case)
        return self.progress.turn(
            Listening(
                most_keys=keys,
                finish_key=None if keys == 1 else FINISH,
                speech=True,
                silence=silence,
                language=self.progress.tree.language(self.progress.place),
                hints=self._hints(),
                offers=tuple(offers(state, self.case)),
            )
        )

    def _hints(self) -> tuple[str, ...]:
        """What a speech recogniser should expect, were it only the merchant's name."""
        if self.state.item in ("name", "reason"):
            reasons = [reason.name for reason in self.case.people.reasons.values()]
            return (self.case.member.name, *reasons)
        fact = self.case.facts.get(bare(self.state.item)) if self.state.item.startswith(DETAIL) else None
        return tuple(phrase for phrase in (fact.value, *fact.says) if "," not in phrase) if fact else ()


def most_keys(state: Conversation, case: Case) -> int | None:
    """How many keys the item at hand takes; None for as many as come before the finish key."""
    item = state.item
    if state.awaiting or state.offered or item == "anything_else":
        return 1
    if item in _DIGITS:
        return _DIGITS[item]
    if item.startswith(DETAIL):
        entry = case.detail(bare(item)).entry
        return _LONGEST.get(entry, len(case.facts[bare(item)].value) if entry is Grammar.DIGITS else None)
    return _NOTES.get(item)


def offers(state: Conversation, case: Case) -> Iterator[Offer]:
    """What may be pressed or said at the item at hand, beside the answer to it."""
    if state.awaiting:
        yield from (Offer(keys="1", words="yes", event="yes"), Offer(keys="2", words="no", event="no"))
    for key, name in enumerate(state.offered, start=1):
        yield Offer(keys=str(key), words=_called(name, case), event=name)
    if state.phase == "form":
        to_hand = not state.awaiting and (state.item in VERIFYING or state.item.startswith(DETAIL))
        yield Offer(keys="*", words="I don't have it" if to_hand else "say that again", event="star")
        yield Offer(keys="0", words="a supervisor, please", event="supervisor")
        for words in ("what do you mean?", "hold on a moment", "hint"):
            yield Offer(keys=None, words=words, event="aside")
    elif state.phase == "closing":
        yield Offer(keys=FINISH, words="no, that's all", event="finished")


def _called(offered: str, case: Case) -> str:
    """How something offered is called: a reason, a follow-up, a name, or a detail of the debrief."""
    people = case.people
    if offered in people.reasons:
        return people.reasons[offered].name
    if offered in people.follow_ups:
        return people.follow_ups[offered].offer
    return offered.partition(":")[0]
