"""What a band's columns hold: boxes, pills that name a box drawn elsewhere, and the bends of long arrows."""

from dataclasses import dataclass

from ivr.drawing.picture import Arrow, Box
from ivr.drawing.svg.lettering import fitted, in_lines, text_width

TITLE, SMALL = 13.0, 11.0
ROOM = 190.0
PAD = 10.0
TITLE_LINE, SMALL_LINE = 17.0, 14.0
PORT = 17.0
"""Pixels between two arrows that arrive at the same box, so that their labels keep clear of each other."""


@dataclass(frozen=True, kw_only=True)
class Pill:
    """Says that an arrow goes on at a box drawn elsewhere."""

    to: Box
    text: str
    on_trail: bool
    on_best: bool = False


@dataclass(frozen=True, kw_only=True)
class Lettered:
    """A box with its text cut to lines."""

    box: Box
    title: str
    about: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One thing in a column; without content it is a bend."""

    content: Lettered | Pill | None
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Strand:
    """The piece of an arrow between neighbouring columns, from cell to cell by their numbers."""

    arrow: Arrow
    source: int
    target: int
    first: bool
    last: bool


def box_cell(box: Box, arriving: int) -> Cell:
    """A cell as large as the box's text, and as high as its arriving arrows need."""
    content = Lettered(
        box=box,
        title=fitted(box.title, TITLE, ROOM, bold=True),
        about=fitted(box.about, SMALL, ROOM),
        words=in_lines(f"“{box.words}”", SMALL, ROOM, 2) if box.words else (),
    )
    widths = [text_width(content.title, TITLE, bold=True)]
    widths += [text_width(line, SMALL) for line in (content.about, *content.words)]
    height = PAD + TITLE_LINE + SMALL_LINE * (1 + len(content.words)) + PAD / 2
    return Cell(content=content, width=max(widths) + 2 * PAD, height=max(height, PORT * arriving))


def pill_text(text: str) -> str:
    """What of `text` a pill has room for."""
    return fitted(text, SMALL, ROOM)


def pill_cell(pill: Pill, arriving: int) -> Cell:
    """A cell as large as the pill's text, and as high as its arriving arrows need."""
    return Cell(content=pill, width=text_width(pill.text, SMALL) + 2 * PAD, height=max(22.0, PORT * arriving))


BEND = Cell(content=None, width=0.0, height=PORT)
