"""What is listened for at a place: keys, words, silence. It depends on the flow alone, so it is made once a place."""

from collections.abc import Iterator

from ivr.call.turn import Listening, Offer
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Entry, Menu, Message
from ivr.flow.tree import Place, Tree
from ivr.flow.words import UNIVERSAL, option_name, spoken_options
from ivr.grammar import Vocabulary

__all__ = ["SKIP_KEY", "listening_at", "yes_or_no"]

SKIP_KEY = "*"
MOST_HINTS = 100
HINT_LENGTH = 100  # Twilio takes 500 hints of 100 characters each
_HINTS_AN_OPTION = 8


def listening_at(tree: Tree, place: Place, vocabulary: Vocabulary) -> Listening:
    """What the question at `place` listens for."""
    node = tree.nodes[place]
    most, finish = _keys(tree, place)
    return Listening(
        most_keys=most,
        finish_key=finish,
        speech=True,
        silence=tree.silence(place),
        barge_in=tree.barge_in(place),
        language=tree.language(place),
        hints=tuple(_hints(tree, place, vocabulary)),
        offers=tuple(_offers(tree, place, vocabulary)),
        longest_speech=node.longest if isinstance(node, Message) else None,
        letters=isinstance(node, Collect) and node.entry is Entry.DIALLED_NUMBER,
    )


def yes_or_no(asked: Listening) -> Listening:
    """What a confirmation listens for, otherwise as the question it belongs to."""
    return Listening(
        most_keys=1,
        finish_key=None,
        speech=True,
        silence=asked.silence,
        barge_in=asked.barge_in,
        language=asked.language,
        hints=("yes", "no"),
        offers=(Offer(keys="1", words="yes", event="yes"), Offer(keys="2", words="no", event="no")),
    )


def _keys(tree: Tree, place: Place) -> tuple[int | None, str | None]:
    """How many keys are taken at most, and which one ends an entry."""
    node = tree.nodes[place]
    match node:
        case Menu():
            bound = [option.keys for option in node.options if option.keys]
            bound += [binding.keys for binding in tree.universals(place).values() if binding.keys]
            return max((len(keys) for keys in bound), default=1), None
        case Collect():
            return _entry_keys(node), None if node.finish_key == "none" else node.finish_key
        case _:
            return None, "#"


def _entry_keys(node: Collect) -> int | None:
    if node.digits is not None:
        return node.digits.max
    return {Entry.DATE: 8, Entry.TIME: 4, Entry.PHONE: 11, Entry.DIALLED_NUMBER: 11}.get(node.entry)


def _offers(tree: Tree, place: Place, vocabulary: Vocabulary) -> Iterator[Offer]:
    node = tree.nodes[place]
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            words = option_name(option, vocabulary)
            yield Offer(keys=option.keys, words=words, event=option_event(option, index))
    if isinstance(node, Collect) and node.optional:
        yield Offer(keys=SKIP_KEY, words="skip", event="skip")
    for universal, binding in tree.universals(place).items():
        taken = isinstance(node, Collect) and node.optional and binding.keys == SKIP_KEY
        topic = vocabulary.topics.get(binding.topic or "")
        words = topic.name if topic else universal.replace("-", " ")
        yield Offer(keys=None if taken else binding.keys, words=words, event=UNIVERSAL + universal)


def _hints(tree: Tree, place: Place, vocabulary: Vocabulary) -> list[str]:
    """Phrases to expect: the first of every option before the second of any."""
    topics = spoken_options(tree, place, vocabulary).values()
    phrases = [(topic.name, *topic.says)[:_HINTS_AN_OPTION] for topic in topics]
    rounds = [says[index] for index in range(_HINTS_AN_OPTION) for says in phrases if index < len(says)]
    return [phrase for phrase in dict.fromkeys(rounds) if len(phrase) <= HINT_LENGTH and "," not in phrase][:MOST_HINTS]
