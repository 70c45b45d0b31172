"""A picture in the DOT language, for graphviz and what reads it."""

from collections.abc import Iterator

from ivr.drawing.palette import ARROW, EDGE, GROUND, PAINTS, QUIET, TEXT, TRAIL
from ivr.drawing.picture import Arrow, Band, Box, Kind, Picture
from ivr.drawing.wording import shortened, wrapped

MOST_WORDS = 60
NOTE_WIDTH = 60
NEWLINE, LEFT = r"\n", r"\l"
"""The ends of a line that is centred, and of one that stands to the left."""
FONT = 'fontname="Helvetica,Arial,sans-serif"'


def dot(picture: Picture) -> str:
    """A `digraph` from left to right, with a cluster for each flow."""
    lines = [
        f"digraph {_quoted(picture.line.flow)} {{",
        f"  graph [rankdir=LR, {FONT}, fontsize=13, labeljust=l]",
        f'  node [shape=box, style="rounded,filled", {FONT}, fontsize=11, fontcolor="{TEXT}"]',
        f'  edge [{FONT}, fontsize=11, color="{ARROW}", fontcolor="{TEXT}"]',
    ]
    # Graphviz stacks what is not joined from the bottom up.
    for number, band in reversed(list(enumerate(picture.bands))):
        lines += _cluster(picture, band, number)
    lines += [f"  {_edge(arrow)}" for arrow in picture.arrows]
    return "\n".join([*lines, "}", ""])


def _cluster(picture: Picture, band: Band, number: int) -> Iterator[str]:
    yield f"  subgraph cluster_{number} {{"
    label = _quoted(f"{band.title} ({band.flow})")
    yield f'    graph [label={label}, style=filled, fillcolor="{GROUND}", color="{EDGE}"]'
    for box in band.boxes:
        yield f"    {_node(box)}"
        for arrow in picture.leaving.get(box.place, ()):
            if arrow.leaves:
                yield f"    {_pill(picture.boxes[arrow.to], _end(arrow))}"
    if band.notes:
        lines = [line for note in band.notes for line in wrapped(note, NOTE_WIDTH)]
        yield f'    note_{number} [shape=note, style=solid, color="{QUIET}", label={_quoted(*lines, end=LEFT)}]'
    yield "  }"


def _node(box: Box) -> str:
    stops = f" [{', '.join(map(str, box.stops))}]" if box.stops else ""
    said = [f"“{shortened(box.words, MOST_WORDS)}”"] if box.words else []
    paint = PAINTS[box.kind]
    edge = f'color="{TRAIL}", penwidth=4' if box.stops else f'color="{paint.ink}"'
    double = ", peripheries=2" if box.kind is Kind.ENTER else ""
    label = _quoted(box.title + stops, box.about, *said)
    return f'{_quoted(box.place)} [label={label}, fillcolor="{paint.fill}", {edge}{double}]'


def _edge(arrow: Arrow) -> str:
    attributes = [f"label={_quoted(f' {arrow.label} ')}"] if arrow.label else []
    attributes += ["style=dashed"] if arrow.aside else []
    attributes += [f'color="{TRAIL}"', "penwidth=4"] if arrow.on_trail else []
    shown = f" [{', '.join(attributes)}]" if attributes else ""
    return f"{_quoted(arrow.source)} -> {_quoted(_end(arrow))}{shown}"


def _end(arrow: Arrow) -> str:
    """The node an arrow is drawn to: its target, or a pill of the source's own."""
    return f"{arrow.source} to {arrow.to}" if arrow.leaves else arrow.to


def _pill(to: Box, name: str) -> str:
    ink = PAINTS[to.kind].ink
    label = _quoted(f"→ {to.place}")
    return f'{_quoted(name)} [label={label}, style="rounded,dashed", color="{ink}", fontcolor="{ink}", height=0.3]'


def _quoted(*lines: str, end: str = NEWLINE) -> str:
    """A quoted string. Graphviz reads backslashes as escapes, and `&` as the beginning of an HTML entity."""
    escaped = (line.replace("\\", r"\\").replace('"', r"\"").replace("&", "&amp;") for line in lines)
    joined = end.join(escaped)
    return f'"{joined}{end}"' if end == LEFT else f'"{joined}"'
