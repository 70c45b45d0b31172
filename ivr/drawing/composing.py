"""From a tree to its picture."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ivr.drawing.arrows import arrows_from, escape_places
from ivr.drawing.notes import notes
from ivr.drawing.picture import Arrow, Band, Box, Kind, Picture
from ivr.drawing.trail import Trail, followed, with_legs
from ivr.drawing.wording import about, plain, words
from ivr.flow.flow import Flow
from ivr.flow.moves import entered
from ivr.flow.nodes import Enter
from ivr.flow.tree import Place, Tree


@dataclass(frozen=True, kw_only=True)
class Ways:
    """A call's path, and the one it should have taken."""

    own: Trail
    best: Trail


def picture_of(
    tree: Tree, trail: Sequence[Place] = (), best: Sequence[Place] = (), *, shared: bool | Collection[str] = True
) -> Picture:
    """The picture of a line, with a band for each shared flow it uses if `shared`, or for those that it names."""
    ways = Ways(own=followed(tree, trail), best=followed(tree, best))
    flows = tuple(flow for flow in tree.flows.values() if flow is tree.line or _shown(flow, shared))
    bands = tuple(_band(tree, ways, flow) for flow in flows)
    drawn = {box.place for band in bands for box in band.boxes}
    arrows = tuple(arrow for arrow in _arrows(tree, ways) if arrow.source in drawn)
    beyond = dict.fromkeys(arrow.to for arrow in arrows if arrow.to not in drawn)
    return Picture(bands=bands, beyond=tuple(_box(tree, ways, place, place) for place in beyond), arrows=arrows)


def _shown(flow: Flow, shared: bool | Collection[str]) -> bool:
    return shared if isinstance(shared, bool) else flow.flow in shared


def _arrows(tree: Tree, ways: Ways) -> tuple[Arrow, ...]:
    own, best = set(ways.own.legs), set(ways.best.legs)
    legs = tuple(dict.fromkeys((*ways.own.legs, *ways.best.legs)))
    found = with_legs(tree, legs, [arrow for place in tree.nodes for arrow in arrows_from(tree, place)])
    return tuple(
        replace(arrow, on_trail=(arrow.source, arrow.to) in own, on_best=(arrow.source, arrow.to) in best)
        for arrow in found
    )


def _band(tree: Tree, ways: Ways, flow: Flow) -> Band:
    boxes = tuple(_box(tree, ways, f"{flow.flow}.{name}", name) for name in flow.nodes)
    return Band(
        flow=flow.flow,
        title=plain(flow.title),
        shared=flow is not tree.line,
        boxes=boxes,
        notes=notes(tree, flow),
    )


def _box(tree: Tree, ways: Ways, place: Place, title: str) -> Box:
    node = tree.nodes[place]
    return Box(
        place=place,
        title=title,
        kind=Kind(node.kind),
        about=about(node),
        words=words(node),
        entrance=_entrance(tree, place),
        stops=ways.own.stops.get(place, ()),
        on_best=place in ways.best.stops,
    )


def _entrance(tree: Tree, place: Place) -> str:
    flow = tree.flow_at(place)
    if place == f"{flow.flow}.{flow.start}":
        return "start"
    if place in tree.doors:
        return "own number"
    if place in _detours(tree):
        return "ask for a person"
    return "entered" if any(_way_in(tree, entering) == place for entering in tree.entries.get(flow.flow, ())) else ""


def _detours(tree: Tree) -> tuple[Place, ...]:
    """Where an ask for a representative goes first, under the line's own policy."""
    return escape_places(tree.line.flow, tree.line)[1:]


def _way_in(tree: Tree, place: Place) -> Place | None:
    node = tree.nodes[place]
    return entered(tree, node) if isinstance(node, Enter) else None
