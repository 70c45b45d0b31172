"""What a caller makes of what was said: which question of a representative's it was, and what was told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr.flow.closed import Prompt
from ivr.flow.rehearsal import Representatives

__all__ = ["Asked", "Listener", "Told"]

_OFFER = re.compile(r"\bFor ([^.,]+?), press ([0-9])")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question asked last: a key of the sentences, `detail:x`, `unclear:x`, or a key of what comes afterwards."""

    question: str
    at: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a caller writes down: who said their name last, the reference number last given, and what keys stand for."""

    name: str | None
    reference: str | None
    offers: dict[str, str]
    """By what is offered, the key."""


class Listener:
    """Knows the sentences of one file of representatives."""

    def __init__(self, people: Representatives) -> None:
        self._questions = [(name, _pattern(text)) for name, prompt in _questions(people) for text in prompt]
        self._names = [_pattern(text) for prompt in _introductions(people) for text in prompt]
        self._references = [_pattern(text) for text in people.sentences.reference]

    def asked(self, heard: str) -> Asked | None:
        """The last question in what was heard; None where no representative asked anything."""
        found = [
            Asked(question=name, at=match.end())
            for name, pattern in self._questions
            for match in pattern.finditer(heard)
        ]
        return max(found, key=lambda asked: asked.at, default=None)

    def told(self, heard: str) -> Told:
        """What there was to write down."""
        names = [match for pattern in self._names for match in pattern.finditer(heard)]
        references = [match["reference"] for pattern in self._references for match in pattern.finditer(heard)]
        last = max(names, key=lambda match: match.end(), default=None)
        return Told(
            name=last["name"] if last else None,
            reference=references[-1].replace(" ", "") if references else None,
            offers=dict(_OFFER.findall(heard)),
        )


def _questions(people: Representatives) -> Iterator[tuple[str, Prompt]]:
    for name in (
        *("ask_name", "confirm_name", "ask_reason", "offer_reasons", "confirm_reason", "other_reason"),
        *("ask_card_ending", "ask_last_four", "ask_zip", "ask_secret", "confirm_detail", "out_of_reach"),
        "anything_else",
    ):
        yield name, getattr(people.sentences, name)
    for name in ("ask_reference", "ask_representative", "ask_date", "ask_reflection", "details"):
        yield name, getattr(people.afterwards, name)
    for detail, each in people.details.items():
        yield f"detail:{detail}", (*each.ask, *each.clearer)
        if each.unclear:
            yield f"unclear:{detail}", each.unclear


def _introductions(people: Representatives) -> tuple[Prompt, ...]:
    return people.sentences.greeting, people.sentences.supervisor_greeting


def _pattern(text: str) -> re.Pattern[str]:
    """A sentence as heard: any words where a placeholder stands, and no comma before an empty one."""
    parts, seen = [], set()
    for index, part in enumerate(re.split(r",? ?\{([a-z_.]+)\}", " ".join(text.split()))):
        if index % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen or not part.isidentifier():
            parts.append(r",? ?.*?")
        else:
            seen.add(part)
            parts.append(rf",? ?(?P<{part}>.*?)")
    return re.compile("".join(parts), re.DOTALL)
