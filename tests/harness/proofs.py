"""Tests declare which attributes they prove; each declaration is held against the documents the test sent."""

from collections.abc import Iterable
from xml.etree import ElementTree

import pytest

__all__ = ["NO_EFFECT", "missing", "proves"]

NO_EFFECT = {
    "Gather": frozenset({"debug", "enhanced", "hints", "language", "profanityFilter", "speechModel"}),
    "Dial": frozenset({"events", "passports", "recordingConfigurationId"}),
    "Number": frozenset({"byoc", "machineDetectionSilenceTimeout"}),
    "Sip": frozenset({"username", "password", "machineDetectionSilenceTimeout"}),
    "Uri": frozenset({"username", "password"}),
    "Conference": frozenset({"region", "jitterBufferSize", "recordingConfigurationId"}),
}
"""Attributes that change nothing: a virtual caller's words arrive as typed, no carrier is between,
and no far end is silent."""


def proves(element: str, *attributes: str) -> pytest.MarkDecorator:
    """Marks a test, or one case of it, as asserting what these attributes of the element do."""
    return pytest.mark.proves(element, *attributes)


def missing(declared: Iterable[tuple[str, ...]], sent: Iterable[str | bytes]) -> list[tuple[str, str]]:
    """What was declared and is in no document that was sent."""
    used = {(each.tag, name) for body in sent for each in _elements(body) for name in each.attrib}
    return [(element, name) for element, *names in declared for name in names if (element, name) not in used]


def _elements(body: str | bytes) -> list[ElementTree.Element]:
    try:
        return list(ElementTree.fromstring(body).iter())
    except ElementTree.ParseError:
        return []
