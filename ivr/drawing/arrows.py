"""Which moves become arrows: what a caller does and what a node decides, not what is the same everywhere."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ivr.drawing.picture import Arrow
from ivr.drawing.wording import plain
from ivr.flow.asking import Escape, Ladder, Manners, Universal
from ivr.flow.moves import Cause, Move, moves
from ivr.flow.nodes import Enter, Return
from ivr.flow.tree import ENDS, Place, Tree, place_of


def arrows_from(tree: Tree, here: Place) -> tuple[Arrow, ...]:
    """The arrows out of `here`, in the order of the file, parallel ones merged."""
    drawn = [*_drawn(tree, here), *_returns(tree, here)]
    for offered in _main_menu(tree, here):
        choices = [arrow for arrow in drawn if arrow.cause is Cause.CHOICE]
        # Among the options by its key, as the prompt offers it.
        drawn.insert(sum(arrow.label < offered.label for arrow in choices), offered)
    return merged(drawn)


def any_arrow(tree: Tree, here: Place, to: Place) -> Arrow:
    """An arrow for a step that the drawing leaves out, such as a link, a ladder's end, or going back."""
    found = [_arrow(here, move) for move in moves(tree, here) if move.to == to]
    if not found:  # "go back" is no move of the tree: it leads to wherever the call was before
        return Arrow(source=here, to=to, label="back", cause=Cause.UNIVERSAL)
    return replace(found[0], label=" or ".join(dict.fromkeys(arrow.label for arrow in found if arrow.label)))


def merged(arrows: Iterable[Arrow]) -> tuple[Arrow, ...]:
    """One arrow for those that look the same and lead from the same box to the same box, such as "1, 2"."""
    groups: dict[tuple[Place, Place, bool], list[Arrow]] = {}
    for arrow in arrows:
        groups.setdefault((arrow.source, arrow.to, arrow.aside), []).append(arrow)
    return tuple(replace(group[0], label=_joined(group)) for group in groups.values())


def _joined(group: list[Arrow]) -> str:
    return ", ".join(dict.fromkeys(arrow.label for arrow in group if arrow.label))


def _drawn(tree: Tree, here: Place) -> Iterator[Arrow]:
    for move in moves(tree, here):
        if move.to not in ENDS and _tells(tree, here, move):
            yield _arrow(here, move)


def _arrow(here: Place, move: Move) -> Arrow:
    # What an entry is called stands in the box that asks for it.
    label = "" if move.cause is Cause.ENTRY else plain(move.label)
    return Arrow(source=here, to=move.to, label=label, cause=move.cause)


def _returns(tree: Tree, here: Place) -> Iterator[Arrow]:
    """A shared flow's outcomes leave from the node that entered it: there they mean something.

    The way in is no arrow: the box says it.
    """
    node = tree.nodes[here]
    if isinstance(node, Enter):
        for outcome, target in node.returns.items():
            yield Arrow(source=here, to=tree.place(here, target), label=outcome, cause=Cause.FORWARD)


def _main_menu(tree: Tree, here: Place) -> Iterator[Arrow]:
    """A node that gives the main menu a key of its own offers it like an option."""
    node = tree.nodes[here]
    binding = node.universals.get(Universal.MAIN_MENU) if isinstance(node, Manners) else None
    if binding is not None and binding.keys:
        yield Arrow(source=here, to=tree.main_menu, label=binding.keys, cause=Cause.CHOICE)


def _tells(tree: Tree, here: Place, move: Move) -> bool:
    """Whether an arrow for `move` says what the notes do not."""
    match move.cause:
        case Cause.CHOICE | Cause.ENTRY | Cause.CLOSED:
            return True
        case Cause.FORWARD:
            return not isinstance(tree.nodes[here], (Enter, Return))
        case Cause.NO_INPUT | Cause.NO_MATCH:
            return move.to != usual_ladder_end(tree, here, move.event)
        case Cause.ESCAPE | Cause.DETOUR:
            return move.to not in _usual_escape(tree, here)
        case Cause.LINK | Cause.LIMIT | Cause.UNIVERSAL | Cause.END | Cause.HANG_UP:
            return False


def usual_ladder_end(tree: Tree, here: Place, failure: str) -> Place | None:
    """Where the `no_input` or `no_match` ladder ends for nodes of this flow that have none of their own."""
    for flow in (tree.flow_at(here), tree.line):
        ladder: Ladder | None = getattr(flow, failure)
        if ladder is not None:
            return place_of(flow.flow, ladder.then)
    return None


def _usual_escape(tree: Tree, here: Place) -> tuple[Place, ...]:
    flow = tree.flow_at(here)
    owner = flow if flow.escape is not None else tree.line
    return escape_places(owner.flow, owner)


def escape_places(flow: str, manners: Manners) -> tuple[Place, ...]:
    """Where an escape policy leads: its target, then its detour."""
    escape: Escape | None = manners.escape
    targets = (escape.to, escape.detour) if escape is not None else ()
    return tuple(place_of(flow, target) for target in targets if target is not None)
