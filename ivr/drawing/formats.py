"""The formats a tree is drawn in."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from ivr.drawing.composing import picture_of
from ivr.drawing.dot import dot
from ivr.drawing.mermaid import mermaid
from ivr.drawing.svg import svg
from ivr.flow.tree import Place, Tree


class Format(StrEnum):
    """What a drawing is written in."""

    SVG = "svg"
    MERMAID = "mermaid"
    DOT = "dot"


def draw(
    tree: Tree,
    format: Format,
    *,
    trail: Sequence[Place] = (),
    best: Sequence[Place] = (),
    shared: bool | Collection[str] = True,
) -> str:
    """`tree` as text in `format`, the same for the same tree, byte for byte.

    `trail` is a call's path: its places are numbered and its arrows stand out; `best` is the path it should have taken,
    drawn under it in SVG. `shared` says whether shared flows are drawn, or which; the others are only named where the
    line leads into them.
    """
    picture = picture_of(tree, trail, best, shared=shared)
    match format:
        case Format.SVG:
            return svg(picture)
        case Format.MERMAID:
            return mermaid(picture)
        case Format.DOT:
            return dot(picture)
