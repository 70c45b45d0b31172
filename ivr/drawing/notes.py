"""What holds all over a flow, in words: drawn as arrows it would be one from every node."""

from collections.abc import Iterator

from ivr.drawing.wording import plain
from ivr.flow.asking import DEFAULT_UNIVERSALS, Escape, Policy, Universal
from ivr.flow.flow import Flow
from ivr.flow.tree import Place, Tree, place_of

ORDINALS = {2: "2nd", 3: "3rd"}


def notes(tree: Tree, flow: Flow) -> tuple[str, ...]:
    """The notes of one band; a shared flow's say only what it does otherwise than the line."""
    return tuple(plain(note) for note in _notes(tree, flow))


def _notes(tree: Tree, flow: Flow) -> Iterator[str]:
    if flow.escape is not None:
        yield _escape(flow, flow.escape)
    yield from _ladders(flow)
    if flow.limit is not None:
        yield f"After {flow.limit.failures} failures in one call: {place_of(flow.flow, flow.limit.then)}."
    main_menu = _asked_by(flow, Universal.MAIN_MENU)
    if flow is tree.line and main_menu:
        yield f"{main_menu} anywhere: {tree.main_menu}."
    yield from _links(tree, flow)


def _escape(flow: Flow, escape: Escape) -> str:
    to = place_of(flow.flow, escape.to)
    return f"{_asked_by(flow, Universal.REPRESENTATIVE) or 'A representative'}: {to}, {_when(flow, escape)}."


def _when(flow: Flow, escape: Escape) -> str:
    return _policy(flow, escape) + (", refused while it is closed" if escape.closed == "refuse" else "")


def _policy(flow: Flow, escape: Escape) -> str:
    match escape.policy:
        case Policy.AT_ONCE:
            return "at once"
        case Policy.NTH_ASK:
            asked = escape.ask or 2
            sooner = f", or sooner by a chance of {escape.chance:.0%}" if escape.chance else ""
            return f"at the {ORDINALS.get(asked, f'{asked}th')} ask{sooner}"
        case Policy.REASON_FIRST:
            return f"after the reason was asked at {_detour(flow, escape)}"
        case Policy.VERIFY_FIRST:
            return f"after {_detour(flow, escape)} has verified the caller"


def _detour(flow: Flow, escape: Escape) -> Place:
    return place_of(flow.flow, escape.detour or escape.to)


def _ladders(flow: Flow) -> Iterator[str]:
    ends = {
        cause: place_of(flow.flow, ladder.then)
        for cause, ladder in (("no-input", flow.no_input), ("no-match", flow.no_match))
        if ladder is not None
    }
    if len(set(ends.values())) == 1:
        yield f"Where no dashed arrow says otherwise, {' or '.join(ends)} leads to {next(iter(ends.values()))}."
    else:
        yield from (f"Where no dashed arrow says otherwise, {cause} leads to {end}." for cause, end in ends.items())


def _asked_by(flow: Flow, universal: Universal) -> str:
    """The keys and words of a universal, or "" where it is off."""
    binding = {**DEFAULT_UNIVERSALS, **flow.universals}[universal]
    if binding is None:
        return ""
    named = f"“{universal.replace('-', ' ')}”"
    said = [named] if binding.topic is not None else []
    return " or ".join(([f"Key {binding.keys}"] if binding.keys else []) + said)


def _links(tree: Tree, flow: Flow) -> Iterator[str]:
    """One note for each flow that links lead to."""
    topics: dict[str, list[str]] = {}
    for link, to in tree.links(f"{flow.flow}.{flow.start}"):
        topics.setdefault(to.partition(".")[0], []).append(link.topic)
    for owner, named in topics.items():
        where = "here" if owner == flow.flow else f"in {owner}"
        yield f"Words that work at every menu, each with its node {where}: {', '.join(named)}."
