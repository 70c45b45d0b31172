"""What colours and lines mean; only what the picture has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from ivr.drawing.palette import ARROW, BEST, GROUND, PAINTS, PAPER, QUIET, TRAIL
from ivr.drawing.picture import Kind, Picture
from ivr.drawing.svg.cells import SMALL
from ivr.drawing.svg.lettering import text_width
from ivr.drawing.svg.marks import Attributes, lettering, mark

ROW = 24.0
SWATCH = 20.0
GAP = 18.0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sign of its own look, and what it stands for."""

    tag: Literal["rect", "line"]
    text: str
    look: Attributes


_NAMES = {
    Kind.MENU: "menu: asks for a choice",
    Kind.COLLECT: "collect: asks for an entry",
    Kind.SAY: "say: speaks and goes on",
    Kind.DECIDE: "decide: by what is known",
    Kind.ENTER: "enter: through a shared flow and back",
    Kind.RETURN: "return to where it was entered",
    Kind.TRANSFER: "transfer to a person",
    Kind.MESSAGE: "take a message",
    Kind.CALLBACK: "promise a callback",
    Kind.HANG_UP: "hang up",
    Kind.DIAL: "dial another line",
}


def legend_height(picture: Picture, width: float) -> float:
    """Pixels that the legend takes below a page of `width`."""
    return ROW * (max((y for *_, y in _placed(picture, width)), default=0) + 1)


def draw_legend(parent: Element, picture: Picture, width: float) -> None:
    """Kinds of box, then kinds of line, in rows of `width`."""
    for entry, x, row in _placed(picture, width):
        y = ROW * row + SWATCH / 2
        mark(parent, entry.tag, **_sign(entry, x, y))
        lettering(parent, entry.text, x + SWATCH + 6, y, SMALL)


def _placed(picture: Picture, width: float) -> Iterator[tuple[Entry, float, int]]:
    """Each entry with where it begins and its row; lines begin a row of their own."""
    x, row, before = 0.0, 0, "rect"
    for entry in _entries(picture):
        takes = SWATCH + 6 + text_width(entry.text, SMALL)
        if x and (x + takes > width or entry.tag != before):
            x, row = 0.0, row + 1
        yield entry, x, row
        x, before = x + takes + GAP, entry.tag


def _entries(picture: Picture) -> Iterator[Entry]:
    used = {box.kind for box in picture.boxes.values()}
    for kind in Kind:
        if kind in used:
            yield Entry(tag="rect", text=_NAMES[kind], look={"fill": PAINTS[kind].fill, "stroke": PAINTS[kind].ink})
    pill: Attributes = {"fill": PAPER, "stroke": QUIET, "stroke_dasharray": "4 2", "rx": SWATCH / 2}
    yield Entry(tag="rect", text="goes on at the node of that name", look=pill)
    yield Entry(tag="line", text="by choice, or going on; keys are framed", look={"stroke": ARROW})
    if any(arrow.aside for arrow in picture.arrows):
        text = "no-input, no-match, closed, or asking for a person"
        yield Entry(tag="line", text=text, look={"stroke": QUIET, "stroke_dasharray": "5 4"})
    if picture.has_trail:
        yield Entry(tag="line", text="the call, numbered in its order", look={"stroke": TRAIL, "stroke_width": 3})
    if picture.has_best:
        edge: Attributes = {"fill": GROUND, "stroke": BEST, "stroke_width": 2.0}
        yield Entry(tag="rect", text="the best way, also marked best", look=edge)


def _sign(entry: Entry, x: float, y: float) -> Attributes:
    if entry.tag == "line":
        return {"x1": x, "y1": y, "x2": x + SWATCH, "y2": y, "stroke_width": 1.3, **entry.look}
    return {"x": x, "y": y - SWATCH / 2, "width": SWATCH, "height": SWATCH, "rx": 4, **entry.look}
