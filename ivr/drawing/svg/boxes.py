"""Boxes, pills, and the small signs on a box's edge."""

from xml.etree.ElementTree import Element

from ivr.drawing.palette import BEST, GROUND, PAINTS, PAPER, TEXT, TRAIL
from ivr.drawing.picture import Box, Kind
from ivr.drawing.svg.cells import PAD, SMALL, SMALL_LINE, TITLE, TITLE_LINE, Lettered, Pill
from ivr.drawing.svg.lettering import text_width
from ivr.drawing.svg.marks import Attributes, lettering, mark, titled

SIGN = 10.0
SIGN_HEIGHT = 15.0
_BEST: Attributes = {"stroke": BEST, "stroke_width": 2.0}


def draw_box(parent: Element, content: Lettered, x: float, y: float, width: float, height: float) -> None:
    """A box with its top left corner at `x`, `y`."""
    box = content.box
    paint = PAINTS[box.kind]
    group = titled(parent, " · ".join(part for part in (box.place, box.about, box.words) if part), "box")
    edge: Attributes = (
        {"stroke": TRAIL, "stroke_width": 3.5} if box.stops else {"stroke": paint.ink, "stroke_width": 1.3}
    )
    if box.on_best:
        mark(group, "rect", x=x - 5, y=y - 5, width=width + 10, height=height + 10, rx=11, fill=GROUND, **_BEST)
    mark(group, "rect", x=x, y=y, width=width, height=height, rx=7, fill=paint.fill, **edge)
    if box.kind is Kind.ENTER:
        _rails(group, x, y, width, height, paint.ink)
    lines = TITLE_LINE + SMALL_LINE * (1 + len(content.words))
    middle = y + (height - lines) / 2 + TITLE_LINE / 2
    lettering(group, content.title, x + PAD, middle, TITLE, font_weight="bold")
    middle += TITLE_LINE / 2 + SMALL_LINE / 2
    lettering(group, content.about, x + PAD, middle, SMALL, fill=paint.ink)
    for number, line in enumerate(content.words, start=1):
        lettering(group, line, x + PAD, middle + number * SMALL_LINE, SMALL)
    _signs(group, box, x, y, width, height)


def draw_pill(parent: Element, pill: Pill, x: float, y: float, width: float, height: float) -> None:
    """A pill in the colour of the box that it names."""
    paint = PAINTS[pill.to.kind]
    group = titled(parent, f"goes on at {pill.to.place} · {pill.to.about}", "pill")
    edge: Attributes = {"stroke": paint.ink, "stroke_width": 1.0}
    if pill.on_trail:
        edge = {"stroke": TRAIL, "stroke_width": 3}
    if pill.on_best:
        mark(group, "rect", x=x - 4, y=y - 4, width=width + 8, height=height + 8, rx=15, fill=GROUND, **_BEST)
    mark(group, "rect", x=x, y=y, width=width, height=height, rx=11, fill=PAPER, stroke_dasharray="4 2", **edge)
    lettering(group, pill.text, x + PAD, y + height / 2, SMALL, fill=paint.ink)


def _rails(group: Element, x: float, y: float, width: float, height: float, ink: str) -> None:
    """The double sides that flowcharts give a process described elsewhere."""
    for inset in (4.0, width - 4.0):
        mark(group, "line", x1=x + inset, y1=y, x2=x + inset, y2=y + height, stroke=ink, stroke_width=1)


def _signs(group: Element, box: Box, x: float, y: float, width: float, height: float) -> None:
    """How calls come in, top left; when the trail came by, top right; whether the best way does, at the bottom."""
    if box.entrance:
        _sign(group, box.entrance, x + 8, y, TEXT)
    if box.on_best:
        _sign(group, "best", x + width - 8 - _sign_width("best"), y + height, BEST)
    if box.stops:
        text = ", ".join(map(str, box.stops))
        _sign(group, text, x + width - 8 - _sign_width(text), y, TRAIL)


def _sign(group: Element, text: str, x: float, y: float, fill: str) -> None:
    mark(group, "rect", x=x, y=y - SIGN_HEIGHT / 2, width=_sign_width(text), height=SIGN_HEIGHT, rx=7.5, fill=fill)
    lettering(group, text, x + 6, y, SIGN, fill=PAPER, font_weight="bold")


def _sign_width(text: str) -> float:
    return text_width(text, SIGN, bold=True) + 12
