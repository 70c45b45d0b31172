"""A picture as a Mermaid flowchart, for Markdown that draws it."""

import re
from collections.abc import Iterator

from ivr.drawing.palette import ARROW, EDGE, GROUND, PAINTS, PAPER, QUIET, TEXT, TRAIL
from ivr.drawing.picture import Arrow, Band, Box, Kind, Picture
from ivr.drawing.wording import shortened

MOST_WORDS = 60
WIDER = '%%{init: {"flowchart": {"wrappingWidth": 320}}}%%'

_SPECIAL = re.compile(r"""[^\w ,.:?!'“”…()/-]""")
# Brackets say what shape a node has.
_SHAPES = {Kind.DECIDE: '{{"%s"}}', Kind.ENTER: '[["%s"]]', Kind.TRANSFER: '(["%s"])', Kind.MENU: '["%s"]'}
_ROUND = '("%s")'


def mermaid(picture: Picture) -> str:
    """A `flowchart` from left to right, with a subgraph for each flow."""
    names = {place: f"n{number}" for number, place in enumerate(picture.boxes)}
    lines = [WIDER, "flowchart LR", f"  accTitle: {_escaped(picture.line.title)}"]
    # Mermaid stacks what is not joined from the bottom up.
    for number, band in reversed(list(enumerate(picture.bands))):
        lines += _subgraph(picture, band, number, names)
    lines += [f"  {_link(arrow, names)}" for arrow in picture.arrows]
    return "\n".join([*lines, *_styles(picture, names), ""])


def _subgraph(picture: Picture, band: Band, number: int, names: dict[str, str]) -> Iterator[str]:
    yield f'  subgraph flow{number}["{_escaped(f"{band.title} ({band.flow})")}"]'
    yield "    direction LR"
    for box in band.boxes:
        yield f"    {_node(box, names)}"
        for arrow in picture.leaving.get(box.place, ()):
            if arrow.leaves:
                yield f"    {_pill(picture.boxes[arrow.to], _end(arrow, names))}"
    if band.notes:
        yield f'    note{number}["{_escaped_lines(list(band.notes))}"]:::note'
    yield "  end"


def _node(box: Box, names: dict[str, str]) -> str:
    stops = f" [{', '.join(map(str, box.stops))}]" if box.stops else ""
    said = [f"“{shortened(box.words, MOST_WORDS)}”"] if box.words else []
    text = _escaped_lines([box.title + stops, box.about, *said])
    return f"{names[box.place]}{_SHAPES.get(box.kind, _ROUND) % text}:::{box.kind}"


def _link(arrow: Arrow, names: dict[str, str]) -> str:
    line = "-.->" if arrow.aside else "-->"
    label = f'|"{_escaped(arrow.label)}"|' if arrow.label else ""
    return f"{names[arrow.source]} {line}{label} {_end(arrow, names)}"


def _end(arrow: Arrow, names: dict[str, str]) -> str:
    """The node an arrow is drawn to: its target, or a pill of the source's own."""
    return f"{names[arrow.source]}_{names[arrow.to]}" if arrow.leaves else names[arrow.to]


def _pill(to: Box, name: str) -> str:
    return f'{name}(["→ {_escaped(to.place)}"]):::{to.kind}_elsewhere'


def _styles(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    for kind in sorted({box.kind for box in picture.boxes.values()}):
        paint = PAINTS[kind]
        yield f"  classDef {kind} fill:{paint.fill},stroke:{paint.ink},color:{TEXT}"
        yield f"  classDef {kind}_elsewhere fill:{PAPER},stroke:{paint.ink},color:{paint.ink},stroke-dasharray:4 2"
    yield f"  classDef note fill:none,stroke:{QUIET},stroke-dasharray:2 3,text-align:left"
    for number in range(len(picture.bands)):
        yield f"  style flow{number} fill:{GROUND},stroke:{EDGE},color:{TEXT}"
    yield f"  linkStyle default stroke:{ARROW}"
    for number, arrow in enumerate(picture.arrows):
        if arrow.on_trail:
            yield f"  linkStyle {number} stroke:{TRAIL},stroke-width:4px"
    for box in picture.boxes.values():
        if box.stops:
            yield f"  style {names[box.place]} stroke:{TRAIL},stroke-width:4px"


def _escaped_lines(lines: list[str]) -> str:
    return "<br/>".join(_escaped(line) for line in lines)


def _escaped(text: str) -> str:
    """Mermaid writes a character that could be syntax, or Markdown, as `#` with its number and a semicolon."""
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", text)
