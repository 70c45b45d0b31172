"""Prompts: they offer what is bound and nothing else, and name only slots that something fills.

Designers write "for X, press 1". A caller who hears that may well say X, so X must be understood as that option.
"""

import re
from collections.abc import Iterator

from ivr.flow.closed import Prompt
from ivr.flow.members import FACTS
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Decide, Menu, Message, Node, Option
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Loc, Problem
from ivr.flow.tree import Place, Tree
from ivr.grammar import Band

_KEY_WORDS = {
    word: str(digit)
    for digit, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_KEY_WORDS |= {"star": "*", "pound": "#", "hash": "#"}
_KEY = rf"(?:the )?([0-9*#]+|{'|'.join(_KEY_WORDS)})(?: key)?"
_PRESS = re.compile(rf"\bpress {_KEY}(?:(?:,? or|,) {_KEY}(?= to|[.,;?!]|$))?", re.IGNORECASE)
_OFFER = re.compile(rf"\b(?:for|to)\s+([^.;:!?]+?),?\s+(?:please\s+)?press\s+{_KEY}", re.IGNORECASE)
_SAY = re.compile(r"\bsay,? [\"“]([^\"”]+)[\"”]", re.IGNORECASE)
_SLOT = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def is_english(tree: Tree, place: Place) -> bool:
    """The offers of a prompt are read in English only."""
    return tree.language(place).startswith("en")


def offered_keys(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """Keys that a prompt offers and nothing binds, and keys that are bound and never offered."""
    for place, node in tree.nodes.items():
        if not isinstance(node, (Menu, Collect, Message)) or not is_english(tree, place):
            continue
        bound = _bound(tree, place, node)
        for loc, prompt in _prompts(node):
            for key in sorted({key for text in prompt for key in keys_in(text)} - bound):
                what = f"the prompt offers {key}, which is not bound here, expected one of {', '.join(sorted(bound))}"
                yield grounds.at(place, loc, what)
        if isinstance(node, Menu):
            yield from _never_offered(grounds, place, node)


def _never_offered(grounds: Grounds, place: Place, node: Menu) -> Iterator[Problem]:
    for index, option in enumerate(node.options):
        if option.hidden:
            continue
        for number, text in enumerate(node.prompt):
            if option.keys is not None and option.keys not in keys_in(text):
                which = f"alternative {number + 1} of the prompt" if len(node.prompt) > 1 else "the prompt"
                what = f"{option.keys} is bound, but {which} never offers it; offer it, or mark the option hidden"
                yield grounds.at(place, ("options", index, "keys"), what)
            if option.keys is None and not _SAY.search(text):
                what = 'this option has no keys, and the prompt offers no words: say "…"; or mark the option hidden'
                yield grounds.at(place, ("options", index), what)


def offered_words(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """What a prompt calls an option must be understood as that option."""
    for place, node in tree.nodes.items():
        if isinstance(node, Menu) and is_english(tree, place):
            hearing = grounds.hearing(tree, place)
            bands = tree.bands(place)
            events = {option.keys: option_event(option, index) for index, option in enumerate(node.options)}
            for text in node.prompt:
                for words, event in _offers(text, node.options, events):
                    heard = hearing.hear(words)
                    understood = bands.band(heard.score, 1.0) is Band.ACCEPT
                    if not understood or event not in (heard.option, None):
                        taken = f"taken as {heard.option}" if heard.option and understood else "not understood"
                        what = f"the prompt offers '{words}', but saying so is {taken}; add it to the option's says"
                        yield grounds.at(place, ("prompt",), what)


def _offers(text: str, options: tuple[Option, ...], events: dict[str | None, str]) -> Iterator[tuple[str, str | None]]:
    """Each offer's words, and the option they belong to; None where any option will do."""
    speakable = {option.keys for option in options if option.topic or option.says}
    for words, key in _OFFER.findall(text):
        keys = _KEY_WORDS.get(key.lower(), key)
        if keys in speakable:
            yield words, events[keys]
    for words in _SAY.findall(text):
        yield words, None


def keys_in(text: str) -> set[str]:
    """The keys that a prompt tells callers to press."""
    found = {key for match in _PRESS.findall(text) for key in match if key}
    return {_KEY_WORDS.get(key.lower(), key) for key in found}


def _bound(tree: Tree, place: Place, node: Menu | Collect | Message) -> set[str]:
    bound = {binding.keys for binding in tree.universals(place).values() if binding.keys}
    if isinstance(node, Menu):
        bound |= {option.keys for option in node.options if option.keys}
    if isinstance(node, Collect):
        bound |= {node.finish_key} - {"none"}
        bound |= {"*"} if node.optional else set()
    if isinstance(node, Message):
        bound.add("#")
    return bound


def _prompts(node: Menu | Collect | Message) -> Iterator[tuple[Loc, Prompt]]:
    yield ("prompt",), node.prompt
    if node.again is not None:
        yield ("again",), node.again
    if node.help is not None:
        yield ("help",), node.help
    for failure, ladder in (("no_input", node.no_input), ("no_match", node.no_match)):
        if ladder is not None:
            for index, prompt in enumerate(ladder.reprompts):
                yield (failure, "reprompts", index), prompt


def placeholders(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """`{slot}` where nothing fills that slot, and conditions on such slots."""
    known = known_slots(tree)
    for place, node in tree.nodes.items():
        for loc, text in _texts(node):
            extra = {"value"} if loc[0] == "confirm" else set()
            yield from _unfilled(grounds, place, loc, text, known | extra)
        if isinstance(node, Decide):
            for index, case in enumerate(node.cases):
                if case.when.slot is not None and case.when.slot not in known:
                    wanted = f"unknown slot '{case.when.slot}', expected one of {', '.join(sorted(known))}"
                    yield grounds.at(place, ("cases", index, "when", "slot"), wanted)


def _unfilled(grounds: Grounds, place: Place, loc: Loc, text: str, known: set[str]) -> Iterator[Problem]:
    for slot in _SLOT.findall(text):
        if slot not in known:
            yield grounds.at(place, loc, f"unknown slot '{slot}', expected one of {', '.join(sorted(known))}")
    if _BRACE.search(_SLOT.sub("", text)):
        yield grounds.at(place, loc, "a brace stands alone; a slot is written {slot}")


def known_slots(tree: Tree) -> set[str]:
    """Every slot that some node of the tree fills, and the facts of a card member."""
    known = {f"member.{fact}" for fact in FACTS}
    for node in tree.nodes.values():
        if isinstance(node, Collect):
            known.add(node.slot)
        known |= set(getattr(node, "set", {}))
        if isinstance(node, Menu):
            known |= {slot for option in node.options for slot in option.set}
    return known


def _texts(node: Node) -> Iterator[tuple[Loc, str]]:
    for key in ("prompt", "again", "confirm", "invalid", "thanks", "help"):
        for index, text in enumerate(getattr(node, key, None) or ()):
            yield (key, index), text
    for failure in ("no_input", "no_match"):
        ladder = getattr(node, failure, None)
        for index, prompt in enumerate(ladder.reprompts if ladder else ()):
            for text in prompt:
                yield (failure, "reprompts", index), text
