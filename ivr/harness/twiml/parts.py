"""Elements that only carry values to the application or the media, and do nothing of their own."""

from collections.abc import Mapping
from dataclasses import field

from ivr.frozen import frozen

__all__ = ["Part"]


@frozen
class Part:
    """A Parameter, Identity, Stream or the like, as written; `values` are its attributes."""

    line: int
    name: str
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Part", ...] = ()
