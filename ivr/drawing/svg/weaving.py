"""From a band of the picture to cells in columns, with strands between neighbouring columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ivr.drawing.picture import Arrow, Band, Box, Picture
from ivr.drawing.svg.cells import BEND, Cell, Pill, Strand, box_cell, pill_cell, pill_text
from ivr.drawing.svg.layering import Layers, layered
from ivr.flow.tree import Place


@dataclass(frozen=True, kw_only=True)
class Route:
    """An arrow as the numbers of its strands, in their order."""

    arrow: Arrow
    strands: tuple[int, ...]


@dataclass(kw_only=True)
class Weave:
    """The cells of a band, each with its column, and the strands that join them; grows while it is woven."""

    cells: list[Cell] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)

    def add(self, cell: Cell, column: int) -> int:
        """The number of a new cell."""
        self.cells.append(cell)
        self.column.append(column)
        return len(self.cells) - 1

    def join(self, arrow: Arrow, stations: Sequence[int]) -> None:
        """Leads `arrow` over cells in neighbouring columns."""
        first = len(self.strands)
        for number, (source, target) in enumerate(pairwise(stations)):
            last = number == len(stations) - 2
            self.strands.append(Strand(arrow=arrow, source=source, target=target, first=number == 0, last=last))
        self.routes.append(Route(arrow=arrow, strands=tuple(range(first, len(self.strands)))))


def woven(picture: Picture, band: Band) -> Weave:
    """The band, ready to be laid out."""
    arrows = [arrow for box in band.boxes for arrow in picture.leaving.get(box.place, ())]
    layers = layered([box.place for box in sorted(band.boxes, key=lambda box: not box.entrance)], arrows)
    weave = Weave()
    arriving = Counter(arrow.to for arrow in layers.near)
    numbers = {box.place: weave.add(box_cell(box, arriving[box.place]), layers.column[box.place]) for box in band.boxes}
    pills = _pills(picture, band, layers, weave)
    near = set(layers.near)
    for arrow in arrows:
        if arrow in near:
            columns = range(layers.column[arrow.source] + 1, layers.column[arrow.to])
            bends = [weave.add(BEND, column) for column in columns]
            weave.join(arrow, [numbers[arrow.source], *bends, numbers[arrow.to]])
        else:
            weave.join(arrow, [numbers[arrow.source], pills[arrow.source, arrow.to]])
    return weave


def _pills(picture: Picture, band: Band, layers: Layers, weave: Weave) -> dict[tuple[Place, Place], int]:
    """A pill for each box and each place elsewhere that it leads to."""
    leading: dict[tuple[Place, Place], list[Arrow]] = {}
    for arrow in layers.elsewhere:
        leading.setdefault((arrow.source, arrow.to), []).append(arrow)
    return {
        (source, to): weave.add(
            pill_cell(_pill(picture.boxes[to], band, arrows), len(arrows)), layers.column[source] + 1
        )
        for (source, to), arrows in leading.items()
    }


def _pill(to: Box, band: Band, arrows: Sequence[Arrow]) -> Pill:
    """Names a place as the band's own flow would name it."""
    flow, _, node = to.place.partition(".")
    named = node if flow == band.flow else to.place
    return Pill(
        to=to,
        text=pill_text(f"→ {named}"),
        on_trail=any(arrow.on_trail for arrow in arrows),
        on_best=any(arrow.on_best for arrow in arrows),
    )
