"""Who stands above whom in a column: the flow's own order, or igraph's where that crosses fewer arrows."""

from bisect import bisect_right, insort
from collections.abc import Sequence

import igraph

from ivr.drawing.svg.cells import Strand

Columns = list[list[int]]
"""For each column, the numbers of its cells from top to bottom."""


def ordered(column: Sequence[int], strands: Sequence[Strand]) -> Columns:
    """The cells, whose columns are given, from top to bottom."""
    by_file = _by_rank(column, _file_ranks(len(column), strands))
    by_library = _by_rank(column, _sugiyama_ranks(column, strands))
    # The file's order keeps keys in theirs, 1 above 2, which is worth more than it costs.
    return min((by_file, by_library), key=lambda columns: crossings(columns, strands))


def crossings(columns: Columns, strands: Sequence[Strand]) -> int:
    """How many pairs of strands cross."""
    rank = {cell: number for cells in columns for number, cell in enumerate(cells)}
    home = {cell: number for number, cells in enumerate(columns) for cell in cells}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for strand in strands:
        gaps.setdefault(home[strand.source], []).append((rank[strand.source], rank[strand.target]))
    return sum(_inversions(sorted(gap)) for gap in gaps.values())


def _inversions(pairs: list[tuple[int, int]]) -> int:
    above: list[int] = []
    found = 0
    for _, target in pairs:
        found += len(above) - bisect_right(above, target)
        insort(above, target)
    return found


def _by_rank(column: Sequence[int], ranks: Sequence[float]) -> Columns:
    columns: Columns = [[] for _ in range(max(column, default=-1) + 1)]
    for cell in sorted(range(len(column)), key=lambda cell: (ranks[cell], cell)):
        columns[column[cell]].append(cell)
    return columns


def _file_ranks(cells: int, strands: Sequence[Strand]) -> list[float]:
    """The order in which a reader meets the cells who follows each arrow to its end before taking the next."""
    leaving: list[list[int]] = [[] for _ in range(cells)]
    for strand in strands:
        leaving[strand.source].append(strand.target)
    met: dict[int, None] = {}
    waiting = list(reversed(range(cells)))
    while waiting:
        cell = waiting.pop()
        if cell not in met:
            met[cell] = None
            waiting += reversed(leaving[cell])
    ranks = {cell: float(number) for number, cell in enumerate(met)}
    return [ranks[cell] for cell in range(cells)]


def _sugiyama_ranks(column: Sequence[int], strands: Sequence[Strand]) -> list[float]:
    edges = [(strand.source, strand.target) for strand in strands]
    graph = igraph.Graph(n=len(column), edges=edges, directed=True)
    layout = graph.layout_sugiyama(layers=list(column))
    return [float(layout[cell][0]) for cell in range(len(column))]
