"""The page: the bands on shelves, and the legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from ivr.drawing.palette import EDGE, GROUND, PAPER, QUIET
from ivr.drawing.picture import Band, Picture
from ivr.drawing.svg.boxes import draw_box, draw_pill
from ivr.drawing.svg.cells import SMALL, Lettered, Pill
from ivr.drawing.svg.describing import described
from ivr.drawing.svg.layout import Spread, spread
from ivr.drawing.svg.legend import draw_legend, legend_height
from ivr.drawing.svg.lettering import FONT, fitted, in_lines
from ivr.drawing.svg.lines import draw_route
from ivr.drawing.svg.marks import lettering, mark, moved, written

MARGIN = 24.0
INSET = 18.0
HEADING = 16.0
NOTE_LINE = 16.0
LEAST_NOTES = 560.0
LEAST_SHELF = 1100.0


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A band with its frame: `notes` are cut to lines, `top` is where the boxes begin."""

    band: Band
    spread: Spread
    notes: tuple[str, ...]
    top: float
    width: float
    height: float


def svg(picture: Picture) -> str:
    """The picture as a document of its own."""
    panels = [_panel(band, spread(picture, band)) for band in picture.bands]
    places, width, height = _shelved(panels)
    root = _root(picture, width + 2 * MARGIN, height + legend_height(picture, width) + 3 * MARGIN)
    for panel, (x, y) in zip(panels, places, strict=True):
        _draw_panel(moved(root, MARGIN + x, MARGIN + y), panel)
    draw_legend(moved(root, MARGIN, height + 2 * MARGIN), picture, width)
    return tostring(root, encoding="unicode") + "\n"


def _root(picture: Picture, width: float, height: float) -> Element:
    name = picture.line.flow
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": written(width),
            "height": written(height),
            "viewBox": f"0 0 {written(width)} {written(height)}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": FONT,
        },
    )
    mark(root, "title", id=f"{name}-title").text = f"Phone tree: {picture.line.title}"
    mark(root, "desc", id=f"{name}-desc").text = described(picture)
    mark(root, "rect", width="100%", height="100%", fill=PAPER)
    return root


def _panel(band: Band, spread: Spread) -> Panel:
    width = max(spread.width, LEAST_NOTES if band.notes else 0.0, 240.0)
    notes = tuple(line for note in band.notes for line in in_lines(f"• {note}", SMALL, width, 4))
    top = INSET + HEADING + 8 + NOTE_LINE * len(notes) + INSET / 2
    return Panel(
        band=band,
        spread=spread,
        notes=notes,
        top=top,
        width=width + 2 * INSET,
        height=top + spread.height + INSET,
    )


def _shelved(panels: Sequence[Panel]) -> tuple[list[tuple[float, float]], float, float]:
    """The corners of the panels, side by side while there is room below the widest; and how large they are together."""
    room = max(LEAST_SHELF, *(panel.width for panel in panels))
    corners: list[tuple[float, float]] = []
    x = y = shelf = 0.0
    for panel in panels:
        if corners and x + panel.width > room:
            x, y, shelf = 0.0, y + shelf + INSET, 0.0
        corners.append((x, y))
        x, shelf = x + panel.width + INSET, max(shelf, panel.height)
    return corners, max(x + panel.width for (x, _), panel in zip(corners, panels, strict=True)), y + shelf


def _draw_panel(group: Element, panel: Panel) -> None:
    mark(group, "rect", width=panel.width, height=panel.height, rx=10, fill=GROUND, stroke=EDGE)
    heading = f"{panel.band.title} — {'shared flow' if panel.band.shared else 'line'} {panel.band.flow}"
    heading = fitted(heading, HEADING, panel.width - 2 * INSET, bold=True)
    lettering(group, heading, INSET, INSET + HEADING / 2, HEADING, font_weight="bold")
    for number, note in enumerate(panel.notes):
        y = INSET + HEADING + 8 + NOTE_LINE * (number + 0.5)
        lettering(group, note, INSET, y, SMALL, fill=QUIET)
    _draw_spread(moved(group, INSET, panel.top), panel.spread)


def _draw_spread(group: Element, spread: Spread) -> None:
    """Arrows first, those of the ways above the others; then the boxes."""
    for route in sorted(spread.routes, key=lambda route: (route.arrow.on_trail, route.arrow.on_best)):
        draw_route(group, spread, route)
    for number, x, y, width in _corners(spread):
        cell = spread.cells[number]
        if isinstance(cell.content, Lettered):
            draw_box(group, cell.content, x, y, width, cell.height)
        elif isinstance(cell.content, Pill):
            draw_pill(group, cell.content, x, y, cell.width, cell.height)


def _corners(spread: Spread) -> Iterator[tuple[int, float, float, float]]:
    for number, cell in enumerate(spread.cells):
        column = spread.column[number]
        yield number, spread.left[column], spread.middle[number] - cell.height / 2, spread.wide[column]
