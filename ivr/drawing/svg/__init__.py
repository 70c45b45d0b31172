"""A picture as SVG: layered from left to right, self-contained, and the same every time."""

from ivr.drawing.svg.sheet import svg

__all__ = ["svg"]
