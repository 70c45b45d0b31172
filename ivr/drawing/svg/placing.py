"""How high each cell stands: near its neighbours, in the order given, and clear of the cells above and below."""

from collections.abc import Sequence
from itertools import pairwise

from ivr.drawing.svg.cells import Cell, Strand
from ivr.drawing.svg.ordering import Columns

APART = 16.0
CLOSE = 9.0
SWEEPS = 12
STRAIGHT = 6.0
"""How much more a bend pulls at its neighbours than a box: long arrows should not wiggle."""


def heights(columns: Columns, cells: Sequence[Cell], strands: Sequence[Strand]) -> list[float]:
    """The middle of every cell, in pixels from the top of the band."""
    before, after = _neighbours(cells, strands)
    middle = [0.0] * len(cells)
    for column in columns:
        _settle(column, cells, middle, [0.0] * len(column), [1.0] * len(column))
    for sweep in range(SWEEPS):
        onward = sweep % 2 == 0
        for column in columns if onward else reversed(columns):
            _pull(column, cells, middle, before if onward else after)
    both = [earlier + later for earlier, later in zip(before, after, strict=True)]
    for column in columns:
        _pull(column, cells, middle, both)
    top = min((middle[cell] - cells[cell].height / 2 for cell in range(len(cells))), default=0.0)
    return [height - top for height in middle]


Pulls = list[list[tuple[int, float]]]


def _neighbours(cells: Sequence[Cell], strands: Sequence[Strand]) -> tuple[Pulls, Pulls]:
    before: Pulls = [[] for _ in cells]
    after: Pulls = [[] for _ in cells]
    for strand in strands:
        bends = (cells[strand.source].content is None) + (cells[strand.target].content is None)
        pull = STRAIGHT**bends
        before[strand.target].append((strand.source, pull))
        after[strand.source].append((strand.target, pull))
    return before, after


def _pull(column: list[int], cells: Sequence[Cell], middle: list[float], pulls: Pulls) -> None:
    """Moves a column's cells towards the neighbours that pull at them."""
    wanted, weights = [], []
    for cell in column:
        weight = sum(pull for _, pull in pulls[cell])
        pulled = sum(middle[other] * pull for other, pull in pulls[cell])
        wanted.append(pulled / weight if weight else middle[cell])
        weights.append(weight or 0.05)
    _settle(column, cells, middle, wanted, weights)


def _settle(
    column: list[int], cells: Sequence[Cell], middle: list[float], wanted: list[float], weights: list[float]
) -> None:
    """Puts a column's cells as near to where they are wanted as they can be without touching.

    Pool adjacent violators: cells that would overlap form a block, which moves as one to its weighted mean.
    """
    offsets = [0.0]
    for above, below in pairwise(column):
        offsets.append(offsets[-1] + _distance(cells[above], cells[below]))
    blocks: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, count = want - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, more, cells_in = blocks.pop()
            mean = (mean * total + other * more) / (total + more)
            total, count = total + more, count + cells_in
        blocks.append((mean, total, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    for cell, mean, offset in zip(column, means, offsets, strict=True):
        middle[cell] = mean + offset


def _distance(above: Cell, below: Cell) -> float:
    roomy = above.content is not None and below.content is not None
    return (above.height + below.height) / 2 + (APART if roomy else CLOSE)
