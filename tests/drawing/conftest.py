"""Small trees made of nodes at hand, and an SVG read back as the boxes and labels that a reader would see."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from ivr.flow.flow import Flow
from ivr.flow.tree import Tree

SVG = "{http://www.w3.org/2000/svg}"

Grow = Callable[..., Tree]
Read = Callable[[str], "Sheet"]


@pytest.fixture
def grow() -> Grow:
    """A tree of one line, `line`, with these nodes, and of shared flows by their names."""

    def grown(nodes: dict[str, Any], shared: dict[str, dict[str, Any]] | None = None, **settings: Any) -> Tree:
        start = next(iter(nodes))
        line = {
            "flow": "line",
            "title": "A line",
            "start": start,
            "main_menu": start,
            "help": "Press a key.",
            "escape": {"policy": "at_once", "to": "agent"},
            "limit": {"failures": "5", "then": "agent"},
            "no_input": {"then": "agent"},
            "no_match": {"then": "agent"},
            "nodes": {**nodes, "agent": {"kind": "transfer", "department": "general"}},
            **settings,
        }
        library = {
            name: Flow.model_validate(
                {"flow": name, "title": name.title(), "kind": "shared", "start": next(iter(flow)), "nodes": flow}
            )
            for name, flow in (shared or {}).items()
        }
        return Tree(Flow.model_validate(line), library)

    return grown


@pytest.fixture
def read() -> Read:
    """Reads an SVG back."""
    return Sheet


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Something on the sheet: what it says when pointed at, the text on it, and its corners."""

    title: str
    text: str
    left: float
    top: float
    right: float
    bottom: float
    stroke: str

    def touches(self, other: "Seen") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Sheet:
    """An SVG as it is seen."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Element = fromstring(text)
        self.boxes = [_seen(group, x, y) for group, x, y in _groups(self.root, "box")]
        self.pills = [_seen(group, x, y) for group, x, y in _groups(self.root, "pill")]
        self.labels = [
            _seen(group, x, y) for group, x, y in _groups(self.root, "arrow") if group.find(f"{SVG}rect") is not None
        ]
        self.arrows = {
            _title(group): group.findall(f"{SVG}path")[0].attrib for group, _, _ in _groups(self.root, "arrow")
        }

    @property
    def places(self) -> list[str]:
        """The places of the boxes."""
        return [box.title.split(" · ")[0] for box in self.boxes]

    @property
    def words(self) -> list[str]:
        """Every line of text."""
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]

    def box(self, place: str) -> Seen:
        return next(box for box in self.boxes if box.title.split(" · ")[0] == place)

    def passing_under(self) -> list[tuple[str, str]]:
        """Arrows that pass behind a box or pill; they run level wherever one could be."""
        return [
            (title, seen.title)
            for group, x, y in _groups(self.root, "arrow")
            for title, left, right, level in _levels(group, x, y)
            for seen in (*self.boxes, *self.pills)
            if seen.top < level < seen.bottom and left < seen.right - 1 and seen.left + 1 < right
        ]

    def collisions(self) -> list[tuple[str, str]]:
        """Pairs of boxes, pills and labels that cover each other."""
        return [
            (one.title, other.title)
            for one, other in combinations([*self.boxes, *self.pills, *self.labels], 2)
            if one.touches(other)
        ]


def _groups(element: Element, what: str, x: float = 0, y: float = 0) -> Iterator[tuple[Element, float, float]]:
    moved = element.get("transform", "translate(0 0)").removeprefix("translate(").removesuffix(")").split()
    x, y = x + float(moved[0]), y + float(moved[1])
    if element.get("class") == what:
        yield element, x, y
    for child in element:
        yield from _groups(child, what, x, y)


def _levels(group: Element, x: float, y: float) -> Iterator[tuple[str, float, float, float]]:
    path = group.findall(f"{SVG}path")[0].attrib["d"]
    here = (0.0, 0.0)
    for command, numbers in re.findall(r"([MCH])([^MCH]*)", path):
        values = [float(number) for number in numbers.split()]
        there = (values[0], here[1]) if command == "H" else (values[-2], values[-1])
        if command == "H":
            yield _title(group), x + here[0], x + there[0], y + here[1]
        here = there


def _title(group: Element) -> str:
    return group.findtext(f"{SVG}title") or ""


def _seen(group: Element, x: float, y: float) -> Seen:
    rect = group.find(f"{SVG}rect")
    assert rect is not None
    left, top = x + float(rect.attrib["x"]), y + float(rect.attrib["y"])
    return Seen(
        title=_title(group),
        text=" ".join(line.text or "" for line in group.findall(f"{SVG}text")),
        left=left,
        top=top,
        right=left + float(rect.attrib["width"]),
        bottom=top + float(rect.attrib["height"]),
        stroke=rect.get("stroke", ""),
    )
