"""A route in keys and in words: what to do, what to have ready, what not to press, what to note."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from ivr.flow.asking import Universal
from ivr.flow.moves import KEY_NAMES, option_event
from ivr.flow.nodes import Collect, Entry, Menu
from ivr.flow.tree import Tree
from ivr.flow.words import LINK, option_name
from ivr.training.routes.choices import Action
from ivr.training.routes.consequences import after
from ivr.training.routes.deeds import Asked, Chosen, Deed, Entered, Escaped, LeftMessage, Skipped
from ivr.training.routes.planner import Planner, Route
from ivr.training.routes.search import Step

__all__ = ["Told", "ToldStep", "clearest", "detail_name", "menu_name", "script", "tell", "tell_step"]

WORTH_SAYING = 3.0
"""Seconds: what costs less is not worth a warning."""
_ANSWERED = {"refused": "it is refused", "detour": "you are asked something else first"}
ENTRY_NAMES = {
    Entry.CARD_NUMBER: "card number",
    Entry.CARD_CODE: "four-digit code on the front of the card",
    Entry.SSN_LAST4: "last four of the Social Security number",
    Entry.TAX_ID_LAST4: "last four of the tax ID",
    Entry.ZIP: "ZIP code",
    Entry.PIN: "PIN",
    Entry.PHONE: "phone number",
    Entry.RESERVATION: "reservation number",
    Entry.DIALLED_NUMBER: "number to dial",
}


@dataclass(frozen=True, kw_only=True)
class ToldStep:
    """One step: `does` is the whole of it in words, with keys; `at` the seconds into the call when it is heard."""

    place: str
    at: float
    does: str
    keys: str | None
    words: str | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """A route to be read. `ready` is what to have at hand, `avoid` what not to do, each a sentence."""

    steps: tuple[ToldStep, ...]
    ready: tuple[str, ...]
    avoid: tuple[str, ...]


def tell(planner: Planner, route: Route) -> Told:
    """A route as a caller wants to hear it."""
    return Told(
        steps=tuple(tell_step(planner, step) for step in route.steps),
        ready=tuple(dict.fromkeys(_ready(planner, route))),
        avoid=tuple(dict.fromkeys(_avoid(planner, route))),
    )


def script(route: Route) -> str:
    """The route as `ivr call --script` takes it."""
    return "; ".join(_in_script(step.action) for step in route.steps)


def _in_script(action: Action) -> str:
    return f"press {action.what or '#'}" if action.way == "keys" else f"say {action.what}"


def tell_step(planner: Planner, step: Step) -> ToldStep:
    """One step, by keys and by words."""
    now = planner.at + timedelta(seconds=step.at)
    keys, words = planner.choices.ways(step.point, step.deed, now)
    return ToldStep(
        place=step.point.place,
        at=round(step.at, 2),
        does=_does(planner, step.point.line, step.point.place, step.deed, keys, words),
        keys=keys.what if keys else None,
        words=words.what if words else None,
    )


def clearest(planner: Planner, step: Step, reason: str | None) -> Step:
    """The same step by the option that says best what it is for, where several lead to the same place.

    One of the `reason`'s topic comes first, then one that is called a representative.
    """
    node = planner.ground.terrain(step.point.line).tree.nodes[step.point.place]
    if not isinstance(step.deed, Chosen) or not isinstance(node, Menu):
        return step
    options = {option_event(option, index): option for index, option in enumerate(node.options)}
    chosen = options.get(step.deed.event)
    if chosen is None or chosen.topic == reason:
        return step
    same = {
        event: option.topic or ""
        for event, option in options.items()
        if (option.to, option.set) == (chosen.to, chosen.set)
    }
    fitting = [event for event, topic in same.items() if topic == reason]
    fitting += [event for event, topic in same.items() if "representative" in topic]
    return replace(step, deed=Chosen(fitting[0])) if fitting else step


def _does(planner: Planner, line: str, place: str, deed: Deed, keys: Action | None, words: Action | None) -> str:
    node = planner.ground.terrain(line).tree.nodes[place]
    said = f'say "{words.what.lower()}"' if words else ""
    match deed:
        case Entered(confirmed=True):
            return _either(f"press {keys.what}" if keys else "", said) + ", to confirm it"
        case Entered() if isinstance(node, Collect):
            name = detail_name(node)
            shown = f" ({words.what})" if node.entry in (Entry.DATE, Entry.CURRENCY, Entry.TEXT) and words else ""
            return _either(f"key the {name}" if keys else "", f"say the {name}" if words else "") + shown
        case Skipped() if isinstance(node, Collect):
            return _either(f"press {_key(keys)}" if keys else "", said) + f", to go on without the {detail_name(node)}"
        case LeftMessage():
            return "say what it is about, without any number, and press pound"
        case Escaped():
            return _either(f"press {_key(keys)}" if keys else "", said) + ", for a representative"
        case Asked(universal=universal):
            return _either(f"press {_key(keys)}" if keys else "", said) + f", for {universal.replace('-', ' ')}"
        case Chosen(event=event):
            return _either(f"press {_key(keys)}" if keys else "", said) + _for(planner, line, place, event)
        case _:
            return _either(f"press {_key(keys)}" if keys else "", said)


def _either(keys: str, words: str) -> str:
    return " or ".join(part for part in (keys, words) if part)


def _key(action: Action | None) -> str:
    if action is None:
        return ""
    return KEY_NAMES.get(action.what, action.what) or "pound"


def _for(planner: Planner, line: str, place: str, event: str) -> str:
    """What an option is for."""
    node = planner.ground.terrain(line).tree.nodes[place]
    vocabulary = planner.board.centre.vocabulary
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            if option_event(option, index) == event:
                return f", for {option_name(option, vocabulary)}"
    topic = vocabulary.topics.get(event.removeprefix(LINK).replace("_", "-"))
    return f", for {topic.name}" if topic else ""


def detail_name(node: Collect) -> str:
    """How a caller calls what a question asks for."""
    return ENTRY_NAMES.get(node.entry, node.slot.replace("_", " "))


def _ready(planner: Planner, route: Route) -> Iterator[str]:
    for step in route.steps:
        node = planner.ground.terrain(step.point.line).tree.nodes[step.point.place]
        if isinstance(step.deed, Entered) and isinstance(node, Collect) and not step.deed.confirmed:
            yield detail_name(node)


def _avoid(planner: Planner, route: Route) -> Iterator[str]:
    """What an ask for a representative would cost on the way, where the route has none."""
    for step in route.steps:
        tree = planner.ground.terrain(step.point.line).tree
        binding = tree.universals(step.point.place).get(Universal.REPRESENTATIVE)
        if isinstance(step.deed, Escaped) or binding is None:
            continue
        now = planner.at + timedelta(seconds=step.at)
        loss = _loss(planner, step)
        key = f"press {binding.keys} or ask" if binding.keys else "ask"
        if loss > WORTH_SAYING:
            answer = after(planner.ground, step.point, Escaped(), now)[-1].answer
            how = _ANSWERED.get(answer, "it leads elsewhere")
            what = f"Don't {key} for a representative {_asked_at(tree, step.point.place)}"
            yield f"{what}: {how}, and costs {loss:.0f} seconds."


def _loss(planner: Planner, step: Step) -> float:
    now = planner.at + timedelta(seconds=step.at)
    quickest = planner.choices.quickest(step.point, Escaped(), now)
    outcomes = after(planner.ground, step.point, Escaped(), now)
    asked = quickest + sum(each.share * planner.search.value(each.arrival, now) for each in outcomes)
    return asked - planner.search.best(step.point._replace(draws=0), now).seconds


def _asked_at(tree: Tree, place: str) -> str:
    match tree.nodes[place]:
        case Collect() as node:
            return f"when you are asked for the {detail_name(node)}"
        case Menu():
            return f"at the {menu_name(tree, place)}"
        case _:
            return "when you may leave a message"


def menu_name(tree: Tree, place: str) -> str:
    """A menu by its node, and by its flow where that is not the line's."""
    flow, name = tree.flow_at(place), place.partition(".")[2].replace("_", " ")
    if place == tree.main_menu:
        return "main menu"
    if flow is tree.line:
        return f"{name} menu"
    known = flow.flow.replace("-", " ")
    return f"{known} menu" if name == flow.start else f"{known}, {name} menu"
