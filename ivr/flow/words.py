"""What may be said at a place: the options, links and universals that its recogniser tells apart."""

from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Menu, Option
from ivr.flow.tree import Place, Tree
from ivr.grammar import Evidence, Recogniser, Topic, Vocabulary

UNIVERSAL = "universal:"
"""Begins the name of what a recogniser returns for a universal, so that no option's event can be mistaken for it."""

LINK = "link_"
SKIP = "skip"


def spoken_options(tree: Tree, here: Place, vocabulary: Vocabulary) -> dict[str, Topic]:
    """Every option that words can choose at `here`, by its event."""
    node = tree.nodes[here]
    found: dict[str, Topic] = {}
    if isinstance(node, Menu):
        found |= menu_options(node, vocabulary)
        if node.links:
            found |= _links(tree, here, node, vocabulary)
    if isinstance(node, Collect) and node.optional and (skip := _skip(node, vocabulary)) is not None:
        found[SKIP] = skip
    for universal, binding in tree.universals(here).items():
        if binding.topic in vocabulary.topics:
            found[UNIVERSAL + universal] = vocabulary.topics[binding.topic]
    return found


def menu_options(node: Menu, vocabulary: Vocabulary) -> dict[str, Topic]:
    """A menu's own options."""
    options = {option_event(option, index): option for index, option in enumerate(node.options)}
    return {event: topic for event, option in options.items() if (topic := _topic(option, vocabulary)) is not None}


def choice_name(tree: Tree, place: Place, event: str, vocabulary: Vocabulary) -> str:
    """What a prompt calls an option or a link of a menu, by its event."""
    node = tree.nodes[place]
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            if option_event(option, index) == event:
                return option_name(option, vocabulary)
    links = {f"link_{link.topic.replace('-', '_')}": link.topic for link, _ in tree.links(place)}
    return vocabulary.topics[links[event]].name


def option_name(option: Option, vocabulary: Vocabulary) -> str:
    """What a prompt calls an option."""
    named = vocabulary.topics.get(option.topic or "")
    return option.name or (named.name if named else "") or (option.says[0] if option.says else option.keys or "")


def _topic(option: Option, vocabulary: Vocabulary) -> Topic | None:
    shared = vocabulary.topics.get(option.topic or "")
    if shared is None and not option.says:
        return None
    says = (*(shared.says if shared else ()), *option.says)
    return Topic(name=option_name(option, vocabulary), says=says, hints=shared.hints if shared else ())


def _skip(node: Collect, vocabulary: Vocabulary) -> Topic | None:
    shared = vocabulary.topics.get(SKIP)
    if shared is None and not node.skip_says:
        return None
    says = (*(shared.says if shared else ()), *node.skip_says)
    return Topic(name=shared.name if shared else SKIP, says=says, hints=shared.hints if shared else ())


def _links(tree: Tree, here: Place, node: Menu, vocabulary: Vocabulary) -> dict[str, Topic]:
    taken = {option.topic for option in node.options}
    return {
        LINK + link.topic.replace("-", "_"): vocabulary.topics[link.topic]
        for link, _ in tree.links(here)
        if link.topic not in taken and link.topic in vocabulary.topics
    }


def recogniser(tree: Tree, here: Place, vocabulary: Vocabulary, evidence: Evidence | None = None) -> Recogniser:
    """The recogniser of a place; a menu's own options win over links in a near tie.

    What was learned of whole departments is weighed at menus only: an entry is not the place to guess a department.
    """
    node = tree.nodes[here]
    options = spoken_options(tree, here, vocabulary)
    if not isinstance(node, Menu):
        return Recogniser(options, vocabulary)
    local = frozenset(menu_options(node, vocabulary))
    return Recogniser(options, vocabulary, local, evidence=evidence, topics=_topics(tree, here, node))


def _topics(tree: Tree, here: Place, node: Menu) -> dict[str, str]:
    """The vocabulary's topic of every option that has one."""
    own = {option_event(option, index): option.topic for index, option in enumerate(node.options) if option.topic}
    links = {LINK + link.topic.replace("-", "_"): link.topic for link, _ in tree.links(here)} if node.links else {}
    always = {
        UNIVERSAL + universal: binding.topic for universal, binding in tree.universals(here).items() if binding.topic
    }
    return {**links, **always, **own}


def yes_no(vocabulary: Vocabulary) -> Recogniser:
    """Tells yes from no."""
    return Recogniser({name: vocabulary.topics[name] for name in ("yes", "no")}, vocabulary)
