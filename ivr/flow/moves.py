"""Every way out of a place: the one table that the chart, the rules, the drawings and the walks are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivr.flow.asking import Universal
from ivr.flow.nodes import (
    Callback,
    Collect,
    Decide,
    Dial,
    Enter,
    HangUp,
    Menu,
    Message,
    Option,
    Return,
    Say,
    Transfer,
    When,
)
from ivr.flow.tree import ABANDONED, CALLBACK, CONNECTED, DIALLED, DISCONNECTED, MESSAGE, Place, Tree

KEY_NAMES = {"*": "star", "#": "pound"}


class Cause(StrEnum):
    """What makes a move happen."""

    CHOICE = "choice"
    LINK = "link"
    ENTRY = "entry"
    FORWARD = "forward"
    NO_INPUT = "no-input"
    NO_MATCH = "no-match"
    LIMIT = "limit"
    UNIVERSAL = "universal"
    ESCAPE = "escape"
    DETOUR = "detour"
    CLOSED = "closed"
    END = "end"
    HANG_UP = "hang-up"


@dataclass(frozen=True, kw_only=True)
class Move:
    """`event` takes a call from a place to `to`; `label` is how a drawing names it."""

    event: str
    to: Place
    cause: Cause
    label: str = ""


def option_event(option: Option, index: int) -> str:
    """An option's event, named after its keys where it has some."""
    if option.keys is None:
        return f"say_{index + 1}"
    return "press_" + "_".join(KEY_NAMES.get(key, key) for key in option.keys)


def return_event(entered_at: Place) -> str:
    """The event that goes back to after `entered_at`."""
    return "return_to_" + entered_at.replace(".", "__").replace("-", "_")


def moves(tree: Tree, here: Place) -> tuple[Move, ...]:
    """Every move out of `here`, in the order of the file."""
    return tuple(_moves(tree, here))


def _moves(tree: Tree, here: Place) -> Iterator[Move]:
    node = tree.nodes[here]
    match node:
        case Menu():
            yield from _choices(tree, here, node)
        case Collect():
            yield Move(event="filled", to=tree.place(here, node.then), cause=Cause.ENTRY, label=node.slot)
        case Message():
            yield Move(event="left", to=MESSAGE, cause=Cause.END, label="message left")
        case Transfer() | Callback() | HangUp() | Dial():
            yield from _leaving(tree, here, node)
        case Say() | Decide() | Enter() | Return():
            yield from _forward(tree, here, node)
    if isinstance(node, (Menu, Collect, Message)):
        yield from _anywhere(tree, here)
    yield Move(event="hang_up", to=ABANDONED, cause=Cause.HANG_UP)


def _forward(tree: Tree, here: Place, node: Say | Decide | Enter | Return) -> Iterator[Move]:
    match node:
        case Say():
            yield Move(event="next", to=tree.place(here, node.then), cause=Cause.FORWARD)
        case Decide():
            for index, case in enumerate(node.cases):
                label = condition(case.when)
                yield Move(event=f"case_{index + 1}", to=tree.place(here, case.to), cause=Cause.FORWARD, label=label)
            yield Move(event="otherwise", to=tree.place(here, node.otherwise), cause=Cause.FORWARD, label="otherwise")
        case Enter():
            yield Move(event="enter", to=entered(tree, node), cause=Cause.FORWARD, label="enter")
        case Return():
            yield from _returns(tree, here, node)


def _leaving(tree: Tree, here: Place, node: Transfer | Callback | HangUp | Dial) -> Iterator[Move]:
    match node:
        case Transfer():
            yield Move(event="connected", to=CONNECTED, cause=Cause.END, label=node.department)
            yield Move(event="called_back", to=CALLBACK, cause=Cause.END, label="callback")
            if node.closed:
                yield Move(event="closed", to=tree.place(here, node.closed), cause=Cause.CLOSED, label="closed")
        case Callback():
            yield Move(event="called_back", to=CALLBACK, cause=Cause.END)
        case HangUp():
            yield Move(event="disconnected", to=DISCONNECTED, cause=Cause.END)
        case Dial():
            yield Move(event="dialled", to=DIALLED, cause=Cause.END)


def entered(tree: Tree, node: Enter) -> Place:
    """The place where an enter node begins its shared flow."""
    return f"{node.flow}.{node.at or tree.flows[node.flow].start}"


def _choices(tree: Tree, here: Place, node: Menu) -> Iterator[Move]:
    for index, option in enumerate(node.options):
        label = option.keys or (option.name or option.topic or option.says[0])
        yield Move(event=option_event(option, index), to=tree.place(here, option.to), cause=Cause.CHOICE, label=label)
    if node.links:
        taken = {option.topic for option in node.options}
        for link, to in tree.links(here):
            if link.topic not in taken:
                event = f"link_{link.topic.replace('-', '_')}"
                yield Move(event=event, to=to, cause=Cause.LINK, label=link.topic)


def _returns(tree: Tree, here: Place, node: Return) -> Iterator[Move]:
    for entered_at in tree.entries.get(tree.flow_at(here).flow, ()):
        entering = tree.nodes[entered_at]
        assert isinstance(entering, Enter)
        if node.outcome in entering.returns:
            to = tree.place(entered_at, entering.returns[node.outcome])
            yield Move(event=return_event(entered_at), to=to, cause=Cause.FORWARD, label=node.outcome)


def _anywhere(tree: Tree, here: Place) -> Iterator[Move]:
    """What may happen at any question: ladders end, a limit is reached, universals are asked for."""
    for failure, cause in (("no_input", Cause.NO_INPUT), ("no_match", Cause.NO_MATCH)):
        ladder = tree.ladder(here, failure)
        if ladder is not None:
            yield Move(event=failure, to=ladder.then, cause=cause, label=cause)
    limit = tree.limit_end()
    if limit is not None:
        yield Move(event="limit_reached", to=limit, cause=Cause.LIMIT, label="limit")
    universals = tree.universals(here)
    if Universal.MAIN_MENU in universals:
        yield Move(event="main_menu", to=tree.main_menu, cause=Cause.UNIVERSAL, label="main menu")
    escape = tree.escape(here)
    if escape is not None and Universal.REPRESENTATIVE in universals:
        yield Move(event="representative", to=escape.to, cause=Cause.ESCAPE, label="representative")
        if escape.detour is not None:
            yield Move(event="detour", to=escape.detour, cause=Cause.DETOUR, label="representative")


def condition(when: When) -> str:
    """A condition in words."""
    if when.open is not None:
        return f"{when.open} open"
    if when.counter is not None:
        return f"{when.counter} {when.at_least} or more"
    if when.equals is not None:
        return f"{when.slot} is {when.equals}"
    if when.one_of is not None:
        return f"{when.slot} is one of {', '.join(when.one_of)}"
    return f"{when.slot} known" if when.filled else f"{when.slot} unknown"
