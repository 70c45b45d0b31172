"""Where everything in a band stands, in pixels from its top left corner."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.drawing.picture import Arrow, Band, Picture
from ivr.drawing.svg.cells import PORT, SMALL, Cell, Strand
from ivr.drawing.svg.lettering import fitted, text_width
from ivr.drawing.svg.ordering import ordered
from ivr.drawing.svg.placing import heights
from ivr.drawing.svg.weaving import Route, woven
from ivr.flow.moves import Cause

HEAD = 9.0
LABEL_ROOM = 170.0
LABEL_PAD = 5.0
BENDING = (34.0, 110.0)
"""The least and the most that a gap gives its curves to bend in."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A band laid out.

    `middle` is how high each cell stands, and `arrives` each strand's end; `left` and `wide` belong to columns, and
    `label_room` to the gaps before them.
    """

    cells: tuple[Cell, ...]
    strands: tuple[Strand, ...]
    routes: tuple[Route, ...]
    column: tuple[int, ...]
    middle: tuple[float, ...]
    left: tuple[float, ...]
    wide: tuple[float, ...]
    arrives: tuple[float, ...]
    label_room: tuple[float, ...]
    width: float
    height: float


def label_of(arrow: Arrow) -> str:
    """The label as it is shown."""
    return fitted(arrow.label, SMALL, LABEL_ROOM)


def is_key(arrow: Arrow) -> bool:
    """Whether the label is keys of a telephone, to be drawn as such."""
    return arrow.cause is Cause.CHOICE and set(arrow.label) <= set("0123456789*#, ")


def label_width(arrow: Arrow) -> float:
    """Pixels a label takes, with what is around it."""
    return text_width(label_of(arrow), SMALL) + 2 * LABEL_PAD if arrow.label else 0.0


def spread(picture: Picture, band: Band) -> Spread:
    """The layout of one band."""
    weave = woven(picture, band)
    columns = ordered(weave.column, weave.strands)
    middle = heights(columns, weave.cells, weave.strands)
    arrives = _arrivals(weave.cells, weave.strands, middle)
    wide = [max(weave.cells[cell].width for cell in cells) for cells in columns]
    rooms, bends = _gaps(weave.column, weave.strands, middle, arrives, len(columns))
    left = [0.0]
    for number in range(1, len(columns)):
        left.append(left[-1] + wide[number - 1] + bends[number] + rooms[number] + HEAD)
    return Spread(
        cells=tuple(weave.cells),
        strands=tuple(weave.strands),
        routes=tuple(weave.routes),
        column=tuple(weave.column),
        middle=tuple(middle),
        left=tuple(left),
        wide=tuple(wide),
        arrives=tuple(arrives),
        label_room=tuple(rooms),
        width=left[-1] + wide[-1],
        height=max(middle[number] + cell.height / 2 for number, cell in enumerate(weave.cells)),
    )


def _arrivals(cells: Sequence[Cell], strands: Sequence[Strand], middle: Sequence[float]) -> list[float]:
    """Where each strand comes in: those at one box one below the other, in the order of where they come from."""
    at: dict[int, list[int]] = {}
    for number, strand in enumerate(strands):
        at.setdefault(strand.target, []).append(number)
    arrives = [0.0] * len(strands)
    for target, numbers in at.items():
        numbers.sort(key=lambda number: (middle[strands[number].source], number))
        for place, number in enumerate(numbers):
            arrives[number] = middle[target] + (place - (len(numbers) - 1) / 2) * PORT
    return arrives


def _gaps(
    column: Sequence[int], strands: Sequence[Strand], middle: Sequence[float], arrives: Sequence[float], columns: int
) -> tuple[list[float], list[float]]:
    """For the gap before each column, the room for labels, and the room for bends: more where they climb more."""
    rooms = [0.0] * columns
    climbs = [0.0] * columns
    for number, strand in enumerate(strands):
        gap = column[strand.target]
        rooms[gap] = max(rooms[gap], label_width(strand.arrow) + 4 if strand.first else 0.0)
        climbs[gap] = max(climbs[gap], abs(arrives[number] - middle[strand.source]))
    least, most = BENDING
    return rooms, [min(most, least + climb / 6) for climb in climbs]
