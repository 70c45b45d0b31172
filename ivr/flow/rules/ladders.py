"""Error ladders: every question has both, none ends in a bare hang-up, and silence never goes round for ever."""

from collections.abc import Iterator

from ivr.flow.moves import Cause
from ivr.flow.nodes import Collect, HangUp, Menu, Message, Transfer
from ivr.flow.rules.graph import walked
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Loc, Problem
from ivr.flow.tree import ENDS, Place, Tree
from ivr.flow.walks import Step

FAILURES = (("no_input", Cause.NO_INPUT), ("no_match", Cause.NO_MATCH))


def missing_ladders(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A question without a ladder would have no answer to silence, or to words it does not know."""
    for place in sorted(walked(tree).places - set(ENDS)):
        for failure, _ in FAILURES:
            if isinstance(tree.nodes[place], (Menu, Collect, Message)) and tree.ladder(place, failure) is None:
                what = (
                    f"no {failure} ladder is in force here; give the flow or the node one, with 'reprompts' and 'then'"
                )
                yield grounds.at(place, (), what)


def bare_hang_ups(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A caller's failure must never be answered by hanging up."""
    found: dict[tuple[Place, Loc], Place] = {}
    for step in walked(tree).steps:
        cause = step.move.cause
        if cause in (Cause.NO_INPUT, Cause.NO_MATCH, Cause.LIMIT):
            end = _hangs_up(tree, step)
            if end is not None:
                found.setdefault(_where(grounds, tree, step), end)
    for (flow, loc), end in found.items():
        what = f"this ladder ends in a bare hang-up ({end}), expected a way to a transfer, callback or message"
        yield grounds.problem(flow, loc, what)


def silent_rounds(grounds: Grounds, tree: Tree) -> Iterator[Problem]:
    """A caller who stays silent, or is never understood, must come to an end."""
    whole = walked(tree)
    for failure, cause in FAILURES:
        graph = whole.graph(lambda step, cause=cause: _passive(tree, step, cause))  # type: ignore[misc]
        for group in graph.connected_components(mode="strong"):
            round_trip = len(group) > 1 or graph.are_adjacent(group[0], group[0])
            places = [whole.spots[number].place for number in group]
            questions = [place for place in places if isinstance(tree.nodes.get(place), (Menu, Collect, Message))]
            if round_trip:
                first = min(questions or places)
                who = "stays silent" if failure == "no_input" else "is never understood"
                what = f"a caller who {who} would go round for ever between {', '.join(sorted(places))}"
                yield grounds.at(first, (failure, "then"), what)


def _passive(tree: Tree, step: Step, failing: Cause) -> bool:
    """Whether a step happens without the caller doing anything but failing in one way."""
    return step.move.cause in (failing, Cause.FORWARD, Cause.CLOSED)


def _hangs_up(tree: Tree, step: Step) -> Place | None:
    """The hang-up node that a ladder's end comes to before any question, if any."""
    onward: dict[Place, list[Place]] = {}
    for each in walked(tree).steps:
        if each.move.cause is Cause.FORWARD or each.move.cause is Cause.CLOSED:
            onward.setdefault(each.source.place, []).append(each.target.place)
    seen, waiting = {step.target.place}, [step.target.place]
    while waiting:
        place = waiting.pop()
        if isinstance(tree.nodes.get(place), HangUp):
            return place
        if not isinstance(tree.nodes.get(place), Transfer):
            fresh = [target for target in onward.get(place, []) if target not in seen]
            seen.update(fresh)
            waiting += fresh
    return None


def _where(grounds: Grounds, tree: Tree, step: Step) -> tuple[Place, Loc]:
    """The file and place that say where this ladder ends: the node's, its flow's, or the line's."""
    here, key = step.source.place, "limit" if step.move.cause is Cause.LIMIT else step.move.event
    if key == "limit":
        return tree.line.flow, ("limit", "then")
    flow, _, name = here.partition(".")
    if grounds.has(here, (key,)):
        return flow, ("nodes", name, key, "then")
    owner = flow if (key,) in grounds.sources[flow].lines else tree.line.flow
    return owner, (key, "then")
