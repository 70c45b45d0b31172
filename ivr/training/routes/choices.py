"""What a caller can do at a question, each in the quickest way the line understands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from typing import Literal

from ivr.call.listening import SKIP_KEY
from ivr.call.pace import keying_seconds, speaking_seconds
from ivr.call.switchboard import CARD_BACK
from ivr.flow.asking import Universal
from ivr.flow.centre import ContactCentre
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Entry, Menu, Message, Node
from ivr.flow.tree import Place
from ivr.flow.words import SKIP, UNIVERSAL, spoken_options
from ivr.grammar import Band, Topic
from ivr.training.routes.answers import Answer, Caller, answers
from ivr.training.routes.deeds import Asked, Chosen, Deed, Entered, Escaped, Failed, LeftMessage, Skipped
from ivr.training.routes.ground import Ground
from ivr.training.routes.point import Point

__all__ = ["Action", "Choices", "Ways"]

Ways = Literal["keys", "words", "either"]
Way = Literal["keys", "words", "silence"]

MESSAGE = "It is about my practice card, and I would like an answer, please."
NONSENSE = "hmm"
BACK = Asked(Universal.BACK)
SHORT = 4
"""Longer answers are taken as entries, whatever universal they contain."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """What a caller presses or says, and the seconds that takes."""

    way: Way
    what: str
    seconds: float


def pressing(keys: str) -> Action:
    """Keys pressed; a bare finish key takes its time as well."""
    return Action(way="keys", what=keys, seconds=keying_seconds(keys or "#"))


def saying(words: str) -> Action:
    """Words said."""
    return Action(way="words", what=words, seconds=speaking_seconds(words))


class Choices:
    """What can be done at each question of any line, by keys, by words, or by whichever is quicker."""

    def __init__(self, ground: Ground, caller: Caller, ways: Ways) -> None:
        self._ground = ground
        self._centre = ground.board.centre
        self._caller = caller
        self._ways = ways
        self._entries = cache(self._understood_entries)
        self._options = cache(self._understood_options)
        self._universals = cache(self._understood_universals)

    def at(self, point: Point, now: datetime) -> Iterator[tuple[Action, Deed]]:
        """Every deed worth considering at a question, in its quickest way. Failing is never worth it.

        Asked which number to dial, who knows the right ones dials one of them.
        """
        if point.pending is not None:
            yield self.yes(point), self._confirmed(point)
        node = self._node(point)
        if isinstance(node, Menu):
            yield from self._options(point.line, point.place)
        if isinstance(node, Collect):
            yield from self._collected(point, node, now)
            if node.entry is Entry.DIALLED_NUMBER and self._caller.numbers:
                return
        if isinstance(node, Message):
            yield saying(MESSAGE), LeftMessage()
        for action, deed in self._universals(point.line, point.place):
            if deed != BACK or point.trail:
                yield action, deed

    def ways(self, point: Point, deed: Deed, now: datetime) -> tuple[Action | None, Action | None]:
        """How a deed is done by keys, and how by words; a way that is not wanted is none."""
        found: list[Action | None] = []
        for ways in ("keys", "words"):
            if self._ways not in (ways, "either"):
                found.append(None)
                continue
            other = self if self._ways == ways else self._in_only[ways]
            same = (action for action, each in other.at(point, now) if each == deed)
            found.append(next(same, None))
        return found[0], found[1]

    @cached_property
    def _in_only(self) -> dict[str, "Choices"]:
        return {
            "keys": Choices(self._ground, self._caller, "keys"),
            "words": Choices(self._ground, self._caller, "words"),
        }

    def quickest(self, point: Point, deed: Deed, now: datetime) -> float:
        """Seconds that `deed` takes at least; a deed of no use to anybody takes what it takes."""
        match deed:
            case Failed(failure="no_input"):
                return self._ground.terrain(point.line).tree.silence(point.place)
            case Asked(universal=Universal.HELP | Universal.REPEAT) | Failed():
                return min(keying_seconds("1"), speaking_seconds(NONSENSE))
        for action, other in self.at(point, now):
            if other == deed or (isinstance(other, Entered) and isinstance(deed, Entered)):
                return action.seconds
        return min(keying_seconds("1"), speaking_seconds(NONSENSE))

    def _node(self, point: Point) -> object:
        return self._ground.terrain(point.line).tree.nodes[point.place]

    def yes(self, point: Point) -> Action:
        """The quickest yes to a line that asks whether it heard right."""
        bands = self._ground.terrain(point.line).tree.bands(point.place)
        heard = self._centre.yes_no.hear("yes")
        understood = bands.band(heard.score, 1.0) is not Band.REJECT and heard.option == "yes"
        quick = self._quicker("1", "yes" if understood else None)
        return quick or pressing("1")

    def _confirmed(self, point: Point) -> Deed:
        assert point.pending is not None
        if point.pending.slot is None:
            return Chosen(point.pending.choice)
        return Entered(point.pending.slot, point.pending.member, confirmed=True)

    def _understood_options(self, line: str, place: Place) -> tuple[tuple[Action, Deed], ...]:
        node = self._ground.terrain(line).tree.nodes[place]
        assert isinstance(node, Menu)
        keys = {option_event(option, index): option.keys for index, option in enumerate(node.options)}
        spoken = [event for event in topics_at(self._centre, line, place) if not event.startswith(UNIVERSAL)]
        found = []
        for event in dict.fromkeys([*keys, *spoken]):
            action = self._quicker(keys.get(event), self._phrase(line, place, event))
            if action is not None:
                found.append((action, Chosen(event)))
        return tuple(found)

    def _collected(self, point: Point, node: Collect, now: datetime) -> Iterator[tuple[Action, Deed]]:
        for answer in self._entries(point.line, point.place, point.member, now.date()):
            action = self._quicker(answer.keys, answer.words)
            if action is not None:
                yield action, answer.entered
        if node.optional and (node.entry is not Entry.DIALLED_NUMBER or self._caller.would_dial(CARD_BACK)):
            action = self._quicker(SKIP_KEY, self._phrase(point.line, point.place, SKIP))
            if action is not None:
                yield action, Skipped()

    def _understood_universals(self, line: str, place: Place) -> tuple[tuple[Action, Deed], ...]:
        tree = self._ground.terrain(line).tree
        found: list[tuple[Action, Deed]] = []
        for universal, binding in tree.universals(place).items():
            if universal in (Universal.REPEAT, Universal.HELP):
                continue
            keys = binding.keys if _free(tree.nodes[place], binding.keys) else None
            phrase = self._phrase(line, place, UNIVERSAL + universal) if binding.topic else None
            action = self._quicker(keys, phrase)
            if action is not None:
                found.append((action, Escaped() if universal is Universal.REPRESENTATIVE else Asked(universal)))
        return tuple(found)

    def _quicker(self, keys: str | None, words: str | None) -> Action | None:
        """The quicker way, of those that are wanted and there; on a bad line the keys, where there are any."""
        found = []
        if keys is not None and self._ways != "words":
            found.append(pressing(keys))
        bad_line = self._ground.twists.muffled > 0
        if words is not None and self._ways != "keys" and not (bad_line and found):
            found.append(saying(words))
        return min(found, key=lambda action: action.seconds, default=None)

    def _phrase(self, line: str, place: Place, event: str) -> str | None:
        return None if self._ways == "keys" else understood_phrase(self._centre, line, place, event)

    def _understood_entries(self, line: str, place: Place, identified: str | None, today: date) -> tuple[Answer, ...]:
        node = self._ground.terrain(line).tree.nodes[place]
        assert isinstance(node, Collect)
        found = answers(node, self._caller, self._centre, identified, today)
        return tuple(
            answer if self._is_heard(line, place, answer.words) else replace(answer, words=None) for answer in found
        )

    def _is_heard(self, line: str, place: Place, words: str | None) -> bool:
        """Whether words are taken as an entry, and not as a universal that they contain."""
        return words is None or len(words.split()) > SHORT or taken_as(self._centre, line, place, words) is None


def _free(node: Node, keys: str | None) -> bool:
    """Whether nothing else takes a universal's keys: an option, the skip key, or the key that ends an entry."""
    if isinstance(node, Menu):
        return all(option.keys != keys for option in node.options)
    if isinstance(node, Collect):
        skips = node.optional and keys == SKIP_KEY
        return not skips and not (node.finish_key != "none" and keys and node.finish_key in keys)
    return keys is not None and "#" not in keys


@lru_cache(maxsize=4096)
def topics_at(centre: ContactCentre, line: str, place: Place) -> dict[str, Topic]:
    """What words can choose at a place."""
    return spoken_options(centre.tree(line), place, centre.vocabulary)


@lru_cache(maxsize=65536)
def understood_phrase(centre: ContactCentre, line: str, place: Place, event: str) -> str | None:
    """The shortest words that are taken as `event`."""
    topic = topics_at(centre, line, place).get(event)
    if topic is None:
        return None
    phrases = sorted(dict.fromkeys((topic.name, *topic.says)), key=speaking_seconds)
    return next((phrase for phrase in phrases if taken_as(centre, line, place, phrase) == event), None)


def taken_as(centre: ContactCentre, line: str, place: Place, words: str) -> str | None:
    """What words choose at a place, clearly spoken; None where the line would not be sure."""
    heard = centre.hearing(line, place).hear(words)
    band = centre.tree(line).bands(place).band(heard.score, 1.0)
    return heard.option if band is Band.ACCEPT else None
