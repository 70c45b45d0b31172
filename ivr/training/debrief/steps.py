"""A way through a tree, step by step: the caller's from the events of a call, the best one from a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.call import events as happened
from ivr.call.events import Event
from ivr.flow.moves import moves
from ivr.flow.nodes import Collect, Question
from ivr.flow.tree import Place, Tree
from ivr.training.debrief.quoting import quote
from ivr.training.routes.deeds import Asked, Chosen, Deed, Escaped, LeftMessage, Skipped
from ivr.training.routes.ground import Arrival
from ivr.training.routes.planner import Planner, Route
from ivr.training.routes.search import Step as Planned
from ivr.training.routes.telling import tell_step
from ivr.training.scoring import Evidence

__all__ = ["DESK", "END", "Step", "best_places", "best_steps", "your_steps"]

DESK = "desk:"
END = "end:"
"""Begin the names of places that are no nodes: a department, and an end without one."""
GIVEN, SKIP, REPRESENTATIVE, LEFT = "given", "skip", "representative", "left"
CLOSED, PUT_THROUGH = "closed", "put-through"
_ANSWERS = {"refused": "refused", "honoured": "granted", "detour": "asked what it is about first"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was done at `place`: `deed` is the same for the same thing, `told` adds what only this time shows.

    The last step of a way has no deed. `at` is in seconds into the call, None on a way that nobody went.
    """

    place: str
    deed: str = ""
    told: str = ""
    at: float | None = None


def your_steps(evidence: Evidence) -> tuple[Step, ...]:
    """From the number that was dialled to the right department, or to the end of the call."""
    events = evidence.events[evidence.events.index(evidence.dialled) + 1 :]
    found: list[Step] = []
    talking = False
    for event in events:
        step = _step(evidence, event, talking)
        if step is not None:
            found.append(step)
        if isinstance(event, happened.Connected):
            talking = True
            if event.department in evidence.planner.goal.departments:
                break
        elif isinstance(event, happened.HandedOver):
            talking = False
    return tuple(_settled(found))


def _step(evidence: Evidence, event: Event, talking: bool) -> Step | None:
    at = evidence.seconds(event)
    match event:
        case happened.Transferred(department=department):
            return Step(place=DESK + department, at=at)
        case happened.DepartmentClosed(department=department):
            return Step(place=DESK + department, deed=CLOSED, told="closed at this hour", at=at)
        case happened.HandedOver(department=department):
            return Step(place=DESK + department, deed=PUT_THROUGH, told="put through", at=at)
        case happened.Ended(outcome=outcome):
            return Step(place=END + outcome, at=at)
    deed = None if talking else _deed(evidence, event)
    return None if deed is None else Step(place=event.place, deed=deed[0], told=deed[1], at=at)


def _deed(evidence: Evidence, event: Event) -> tuple[str, str] | None:
    match event:
        case happened.Heard(choice="skip"):
            return SKIP, "went on without it"
        case happened.Heard(choice=choice, words=words, by=by):
            said = f'"{words}"' if by == "speech" and words != "given" else words
            return (GIVEN, said) if _collects(evidence, event.place) else (choice, said if by == "speech" else "")
        case happened.NotUnderstood() | happened.Silent():
            told = quote(event).removeprefix("you ").removeprefix("your ")
            return told, told
        case happened.UniversalAsked(universal=universal):
            return universal, ""
        case happened.EscapeAsked(answer=answer):
            return REPRESENTATIVE, _ANSWERS.get(answer, answer)
        case happened.MessageLeft():
            return LEFT, "left a message"
        case _:
            return None


def _collects(evidence: Evidence, place: str) -> bool:
    tree = evidence.planner.ground.terrain(evidence.dialled.line).tree
    return isinstance(tree.nodes.get(place), Collect)


def _settled(steps: Sequence[Step]) -> Iterator[Step]:
    """A department that puts the caller through is one step, not an arrival and a step."""
    for index, step in enumerate(steps):
        after = steps[index + 1] if index + 1 < len(steps) else None
        if step.deed or after is None or after.place != step.place:
            yield step


def best_steps(planner: Planner, route: Route) -> tuple[Step, ...]:
    """The way of a route, to the department it leads to."""
    steps = [
        Step(place=step.point.place, deed=_planned(step.deed), told=_advised(planner, step)) for step in route.steps
    ]
    return (*steps, Step(place=DESK + str(_last(planner, route).department)))


def best_places(evidence: Evidence, number: str, line: str) -> tuple[Place, ...]:
    """Every place that the best way by `number` comes by, if it is on `line`; what needs no answer included."""
    planner = evidence.planner
    route = planner.route(number)
    if route.line != line:
        return ()
    asked = [step.point.place for step in route.steps]
    last = _last(planner, route).point.place
    nodes = planner.ground.terrain(line).tree
    found: list[Place] = []
    for here, to in pairwise([planner.ground.answering(number)[1], *asked, last]):
        found += _between(nodes, here, to)
    return (*found, last)


def _between(tree: Tree, here: Place, to: Place) -> list[Place]:
    """The shortest way from a question to the next by what asks nothing; just `here` where there is none."""
    ways: dict[Place, list[Place]] = {here: [here]}
    waiting = [here]
    for place in waiting:
        if place != here and isinstance(tree.nodes.get(place), Question):
            continue
        for move in moves(tree, place) if place in tree.nodes else ():
            if move.to not in ways:
                ways[move.to] = [*ways[place], move.to]
                waiting.append(move.to)
    return ways.get(to, [here, to])[:-1] if to != here else []


def _last(planner: Planner, route: Route) -> Arrival:
    if not route.steps:
        return planner.begin(route.dialled)
    return max(route.steps[-1].outcomes, key=lambda outcome: outcome.share).arrival


def _advised(planner: Planner, step: Planned) -> str:
    """How to do it, where the option's key does not say so."""
    told = tell_step(planner, step)
    match step.deed:
        case Chosen():
            return "" if told.keys or told.words is None else f'say "{told.words.lower()}"'
        case Skipped():
            return "go on without it"
        case Escaped() | Asked():
            return ""
        case _:
            return " or ".join(way for way, can in (("key it", told.keys), ("say it", told.words)) if can)


def _planned(deed: Deed) -> str:
    match deed:
        case Chosen(event=event):
            return event
        case Skipped():
            return SKIP
        case Escaped():
            return REPRESENTATIVE
        case Asked(universal=universal):
            return universal
        case LeftMessage():
            return LEFT
        case _:
            return GIVEN
