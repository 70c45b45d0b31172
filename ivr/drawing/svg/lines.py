"""Arrows: a curve out of a box, the label where it arrives, and straight on through the columns it passes."""

from xml.etree.ElementTree import Element

from ivr.drawing.palette import ARROW, BEST, GROUND, PAPER, QUIET, TRAIL
from ivr.drawing.picture import Arrow
from ivr.drawing.svg.cells import SMALL, Strand
from ivr.drawing.svg.layout import HEAD, Spread, is_key, label_of, label_width
from ivr.drawing.svg.marks import Attributes, lettering, mark, titled, written
from ivr.drawing.svg.weaving import Route

KEY_HEIGHT = 15.0
BEST_WIDTH = 8.0
"""The best way is a pair of lines, so that the call's own way fits between them."""


def draw_route(parent: Element, spread: Spread, route: Route) -> None:
    """One arrow, from box to box or pill."""
    arrow = route.arrow
    colour = TRAIL if arrow.on_trail else QUIET if arrow.aside else ARROW
    group = titled(parent, f"{arrow.source} → {arrow.to}" + (f": {arrow.label}" if arrow.label else ""), "arrow")
    path = " ".join(_strand(spread, number) for number in route.strands)
    dashes: Attributes = {"stroke_dasharray": "5 4"} if arrow.aside else {}
    width = 3.0 if arrow.on_trail else 1.3
    if arrow.on_best:
        mark(group, "path", d=path, fill="none", stroke=BEST, stroke_width=BEST_WIDTH)
        mark(group, "path", d=path, fill="none", stroke=GROUND, stroke_width=BEST_WIDTH - 3)
    mark(group, "path", d=path, fill="none", stroke=colour, stroke_width=width, **dashes)
    x, y = _tip(spread, route.strands[-1])
    head = f"M{written(x - HEAD)} {written(y - 4.5)}L{written(x)} {written(y)}L{written(x - HEAD)} {written(y + 4.5)}Z"
    mark(group, "path", d=head, fill=colour)
    if arrow.label:
        _label(group, arrow, *_tip(spread, route.strands[0]))


def _strand(spread: Spread, number: int) -> str:
    """The curve over one gap; a bend's own column is crossed straight before it."""
    strand = spread.strands[number]
    x1, y1 = _begins(spread, strand)
    tip, y2 = _tip(spread, number)
    x2 = tip - HEAD - spread.label_room[spread.column[strand.target]]
    end = tip - HEAD if strand.last else tip
    across = (x1 + x2) / 2
    begins = [f"M{written(x1)} {written(y1)}"] if strand.first else [f"H{written(x1)}"]
    curve = " ".join(written(value) for value in (across, y1, across, y2, x2, y2))
    return " ".join([*begins, f"C{curve}", f"H{written(end)}"])


def _begins(spread: Spread, strand: Strand) -> tuple[float, float]:
    column = spread.column[strand.source]
    return spread.left[column] + spread.wide[column], spread.middle[strand.source]


def _tip(spread: Spread, number: int) -> tuple[float, float]:
    return spread.left[spread.column[spread.strands[number].target]], spread.arrives[number]


def _label(group: Element, arrow: Arrow, x: float, y: float) -> None:
    """On the line, just before it arrives."""
    width = label_width(arrow)
    left = x - HEAD - 2 - width
    key = is_key(arrow)
    edge: Attributes = {"stroke": TRAIL if arrow.on_trail else ARROW, "stroke_width": 1.0} if key else {}
    fill = PAPER if key else GROUND
    mark(group, "rect", x=left, y=y - KEY_HEIGHT / 2, width=width, height=KEY_HEIGHT, rx=3, fill=fill, **edge)
    weight: Attributes = {"font_weight": "bold"} if key else {}
    lettering(group, label_of(arrow), left + width / 2, y, SMALL, text_anchor="middle", **weight)
