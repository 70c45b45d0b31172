"""Who stands above whom."""

from ivr.drawing.picture import Arrow
from ivr.drawing.svg.cells import Strand
from ivr.drawing.svg.ordering import crossings, ordered
from ivr.flow.moves import Cause

ARROW = Arrow(source="line.a", to="line.b", label="", cause=Cause.CHOICE)


def strands(*pairs):
    return [Strand(arrow=ARROW, source=source, target=target, first=True, last=True) for source, target in pairs]


def test_crossings_are_counted_gap_by_gap():
    crossed = strands((0, 3), (1, 2), (2, 5), (3, 4))
    assert crossings([[0, 1], [2, 3], [4, 5]], crossed) == 2


def test_the_files_order_is_kept_where_it_crosses_nothing():
    assert ordered([0, 1, 1, 1], strands((0, 3), (0, 1), (0, 2))) == [[0], [3, 1, 2]]


def test_another_order_is_taken_where_it_crosses_less():
    tangled = strands((0, 2), (0, 4), (1, 2), (1, 3))
    assert crossings(ordered([0, 0, 1, 1, 1], tangled), tangled) == 0


def test_nothing_at_all_has_no_order():
    assert ordered([], []) == []
