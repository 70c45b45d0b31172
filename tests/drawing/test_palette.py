"""Contrast, by WCAG 2.2's formula: text 4.5 to 1, lines 3 to 1."""

import pytest

from ivr.drawing.palette import ARROW, BEST, GROUND, PAINTS, PAPER, QUIET, TEXT, TRAIL
from ivr.drawing.picture import Kind


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", Kind)
def test_text_on_a_box_can_be_read(kind):
    paint = PAINTS[kind]
    assert min(contrast(TEXT, paint.fill), contrast(paint.ink, paint.fill), contrast(paint.ink, PAPER)) >= 4.5


@pytest.mark.parametrize("colour", [TEXT, QUIET])
@pytest.mark.parametrize("ground", [PAPER, GROUND])
def test_text_beside_boxes_can_be_read(colour, ground):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("colour", [ARROW, BEST, QUIET, TRAIL])
def test_lines_can_be_seen(colour):
    assert contrast(colour, GROUND) >= 3
