"""Tests declare which elements and attributes they prove; each declaration is held against what the test sent."""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import pytest

__all__ = ["missing", "proves", "rule"]


def proves(element: str, *attributes: str) -> pytest.MarkDecorator:
    """Marks a test, or one case of it, as asserting what the element, or these attributes of it, do.

    An element that may be in several is named with the one around it: `Connect/Stream`.
    """
    return pytest.mark.proves(element, *attributes)


def rule(about: str, text: str, page: str) -> pytest.MarkDecorator:
    """Marks a test as proving a rule of Twilio's that belongs to no single attribute.

    `page` is the path below https://www.twilio.com/docs/ of where Twilio says so.
    """
    return pytest.mark.rule(about, text, page)


def missing(declared: Iterable[tuple[str, ...]], sent: Iterable[str | bytes]) -> list[tuple[str, str]]:
    """What was declared and is in no document that was sent: each attribute, or "" for the element."""
    used = {each for body in sent for each in _used(body)}
    wanted = ((element, name) for element, *names in declared for name in names or [""])
    return [each for each in wanted if each not in used]


def _used(body: str | bytes) -> Iterator[tuple[str, str]]:
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return
    for parent in root.iter():
        for each in parent:
            for element in (each.tag, f"{parent.tag}/{each.tag}"):
                yield element, ""
                yield from ((element, name) for name in each.attrib)
