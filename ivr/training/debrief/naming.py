"""What places, and things done there, are called on a tree that a learner reads."""

from ivr.flow.asking import Universal
from ivr.flow.centre import ContactCentre
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Menu, Message
from ivr.flow.tree import Tree
from ivr.flow.words import LINK, option_name
from ivr.training.debrief.steps import DESK, END, REPRESENTATIVE
from ivr.training.routes.telling import detail_name, menu_name

__all__ = ["deed_name", "options_at", "place_name"]

_ENDS = {
    "abandoned": "you hung up",
    "disconnected": "the line hung up",
    "callback": "a callback was promised",
    "message": "a message was left",
    "connected": "the call ended",
}


def place_name(centre: ContactCentre, tree: Tree, place: str) -> str:
    """A question by what it asks for, a menu by its node; a department by its name."""
    if place.startswith(DESK):
        return centre.departments[place.removeprefix(DESK)].name
    if place.startswith(END):
        return _ENDS.get(place.removeprefix(END), place.removeprefix(END))
    match tree.nodes.get(place):
        case Collect() as node:
            people = centre.representatives
            detail = people.details.get(node.slot) if people else None
            return detail.name if detail else detail_name(node)
        case Menu():
            return menu_name(tree, place)
        case Message():
            return "message"
        case _:
            return place.partition(".")[2].replace("_", " ")


def options_at(centre: ContactCentre, tree: Tree, place: str) -> dict[str, tuple[str, str]]:
    """The keys and the name of every option that a menu offers, by its event."""
    node = tree.nodes.get(place)
    if not isinstance(node, Menu):
        return {}
    return {
        option_event(option, index): (option.keys or "", _capital(option_name(option, centre.vocabulary)))
        for index, option in enumerate(node.options)
        if not option.hidden
    }


def deed_name(centre: ContactCentre, tree: Tree, place: str, deed: str) -> tuple[str, str]:
    """The keys and the name of what is no option of a menu; both empty where what was told says it all."""
    if deed.startswith(LINK):
        topic = centre.vocabulary.topics.get(deed.removeprefix(LINK).replace("_", "-"))
        return "", topic.name if topic else deed
    if deed not in [*Universal]:
        return "", ""
    binding = tree.universals(place).get(Universal(deed))
    name = "A representative" if deed == REPRESENTATIVE else _capital(deed.replace("-", " "))
    return (binding.keys or "") if binding else "", name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
