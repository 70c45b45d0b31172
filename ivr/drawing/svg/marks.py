"""Elements of SVG: numbers written one way only, and text that can be nothing but text."""

from xml.etree.ElementTree import Element, SubElement

from ivr.drawing.palette import TEXT

Value = str | float
Attributes = dict[str, Value]


def written(value: Value) -> str:
    """A tenth of a pixel is as fine as anyone sees."""
    return value if isinstance(value, str) else f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.1f}"


def mark(parent: Element, tag: str, **attributes: Value) -> Element:
    """A child of `parent`; `_` in an attribute's name stands for `-`."""
    return SubElement(parent, tag, {name.replace("_", "-"): written(value) for name, value in attributes.items()})


def titled(parent: Element, title: str, what: str) -> Element:
    """A group of the class `what` that says `title` when it is pointed at."""
    group = SubElement(parent, "g", {"class": what})
    SubElement(group, "title").text = title
    return group


def lettering(parent: Element, text: str, x: float, y: float, size: float, **attributes: Value) -> None:
    """A line of text; `y` is its middle."""
    settings: Attributes = {"font_size": size, "fill": TEXT, **attributes}
    mark(parent, "text", x=x, y=y + size * 0.36, **settings).text = text


def moved(parent: Element, x: float, y: float) -> Element:
    """A group whose origin is at `x`, `y`."""
    return mark(parent, "g", transform=f"translate({written(x)} {written(y)})")
