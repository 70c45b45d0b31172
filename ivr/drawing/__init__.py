"""A tree as a picture: SVG for people and pages, Mermaid for Markdown, DOT for graphviz."""

from ivr.drawing.formats import Format, draw

__all__ = ["Format", "draw"]
