"""Names that must name something: targets, flows, departments, topics, outcomes."""

from collections.abc import Iterable, Iterator

from ivr.flow.asking import Manners
from ivr.flow.flow import Flow
from ivr.flow.nodes import Callback, Decide, Enter, Menu, Message, Node, Return, Transfer
from ivr.flow.rules.grounds import Grounds
from ivr.flow.source import Loc, Problem
from ivr.flow.tree import flow_targets, targets


def names(grounds: Grounds) -> Iterator[Problem]:
    """Every unknown name of every flow."""
    for flow in grounds.flows.values():
        for loc, target in flow_targets(flow):
            yield from _target(grounds, flow, loc, target)
        yield from _topics(grounds, flow.flow, (), flow)
        yield from _links(grounds, flow)
        for name, node in flow.nodes.items():
            for loc, target in targets(node):
                yield from _target(grounds, flow, ("nodes", name, *loc), target)
            yield from _node(grounds, flow.flow, ("nodes", name), node)


def _node(grounds: Grounds, flow: str, here: Loc, node: Node) -> Iterator[Problem]:
    match node:
        case Menu():
            for index, option in enumerate(node.options):
                yield from _topic(grounds, flow, (*here, "options", index, "topic"), option.topic)
            yield from _topics(grounds, flow, here, node)
        case Transfer():
            yield from _transfer(grounds, flow, here, node)
        case Message() | Callback():
            yield from _department(grounds, flow, (*here, "department"), node.department)
        case Decide():
            for index, case in enumerate(node.cases):
                yield from _department(grounds, flow, (*here, "cases", index, "when", "open"), case.when.open)
        case Enter():
            yield from _enter(grounds, flow, here, node)


def _target(grounds: Grounds, flow: Flow, loc: Loc, target: str) -> Iterator[Problem]:
    name, dot, node = target.rpartition(".")
    if not dot:
        if target not in flow.nodes:
            yield grounds.problem(flow.flow, loc, f"unknown node '{target}', expected one of {_list(flow.nodes)}")
        return
    there = grounds.flows.get(name)
    if there is None or there.kind != "shared":
        yield grounds.problem(flow.flow, loc, f"unknown shared flow '{name}', expected one of {_shared(grounds)}")
    elif node not in there.nodes:
        wanted = f"unknown node '{node}' in {name}, expected one of {_list(there.nodes)}"
        yield grounds.problem(flow.flow, loc, wanted)


def _transfer(grounds: Grounds, flow: str, here: Loc, node: Transfer) -> Iterator[Problem]:
    yield from _department(grounds, flow, (*here, "department"), node.department)
    department = grounds.departments.get(node.department)
    if department is not None and not department.always_open and node.closed is None:
        what = f"{node.department} closes at night, so this transfer needs the key 'closed': where callers go then"
        yield grounds.problem(flow, here, what)


def _enter(grounds: Grounds, flow: str, here: Loc, node: Enter) -> Iterator[Problem]:
    entered = grounds.flows.get(node.flow)
    if entered is None or entered.kind != "shared":
        wanted = f"unknown shared flow '{node.flow}', expected one of {_shared(grounds)}"
        yield grounds.problem(flow, (*here, "flow"), wanted)
        return
    if node.at is not None and node.at not in entered.nodes:
        wanted = f"unknown node '{node.at}' in {node.flow}, expected one of {_list(entered.nodes)}"
        yield grounds.problem(flow, (*here, "at"), wanted)
    outcomes = list(dict.fromkeys(each.outcome for each in entered.nodes.values() if isinstance(each, Return)))
    for outcome in node.returns:
        if outcome not in outcomes:
            wanted = f"{node.flow} never returns '{outcome}', expected one of {_list(outcomes)}"
            yield grounds.problem(flow, (*here, "returns", outcome), wanted)
    for outcome in outcomes:
        if outcome not in node.returns:
            what = f"{node.flow} may return '{outcome}', but nothing here says where to go then"
            yield grounds.problem(flow, (*here, "returns"), what)


def _links(grounds: Grounds, flow: Flow) -> Iterator[Problem]:
    if isinstance(flow.links, str):
        there = grounds.flows.get(flow.links)
        if there is None or there.kind != "shared":
            wanted = f"unknown shared flow '{flow.links}', expected one of {_shared(grounds)}"
            yield grounds.problem(flow.flow, ("links",), wanted)
        return
    for index, link in enumerate(flow.links):
        yield from _topic(grounds, flow.flow, ("links", index, "topic"), link.topic)


def _topics(grounds: Grounds, flow: str, here: Loc, manners: Manners) -> Iterator[Problem]:
    for universal, binding in manners.universals.items():
        if binding is not None:
            yield from _topic(grounds, flow, (*here, "universals", universal, "topic"), binding.topic)


def _topic(grounds: Grounds, flow: str, loc: Loc, topic: str | None) -> Iterator[Problem]:
    if topic is not None and topic not in grounds.vocabulary.topics:
        known = _list(grounds.vocabulary.topics)
        yield grounds.problem(flow, loc, f"unknown topic '{topic}', expected one of {known}")


def _department(grounds: Grounds, flow: str, loc: Loc, department: str | None) -> Iterator[Problem]:
    if department is not None and department not in grounds.departments:
        known = _list(grounds.departments)
        yield grounds.problem(flow, loc, f"unknown department '{department}', expected one of {known}")


def _shared(grounds: Grounds) -> str:
    return _list(name for name, flow in grounds.flows.items() if flow.kind == "shared")


def _list(known: Iterable[str]) -> str:
    return ", ".join(known) or "none, there is none"
