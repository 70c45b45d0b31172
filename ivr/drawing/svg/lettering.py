"""How wide text will be, without a font at hand: the widths of DejaVu Sans and Verdana, the widest likely ones."""

import unicodedata

from ivr.drawing.wording import shortened

FONT = "Verdana, 'DejaVu Sans', Arial, sans-serif"

_BY_CHARACTER = {
    **dict.fromkeys("iljI.,:;'|!", 0.36),
    **dict.fromkeys('ftr()[]{}/\\-" ', 0.42),
    **dict.fromkeys("mwMW@%—…", 0.99),
    **dict.fromkeys("“”", 0.52),
}
_CAPITAL, _OTHER, _WIDE, _BOLD = 0.72, 0.63, 1.05, 1.12


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that `text` takes at `size`."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (_BOLD if bold else 1)


def _ems(character: str) -> float:
    known = _BY_CHARACTER.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return _CAPITAL if character.isupper() else _OTHER


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """`text`, shortened until it fits into `room`."""
    width = text_width(text, size, bold=bold)
    most = len(text)
    while width > room and most > 1:
        most = max(1, min(most - 1, int(most * room / width)))
        width = text_width(shortened(text, most), size, bold=bold)
    return shortened(text, most)


def in_lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines that fit into `room`, the last one shortened if need be."""
    lines: list[str] = []
    left = text
    while left and len(lines) < most - 1:
        line = _first_line(left, size, room)
        lines.append(line)
        left = left[len(line) :].lstrip()
    return (*lines, fitted(left, size, room)) if left else tuple(lines)


def _first_line(text: str, size: float, room: float) -> str:
    """As many whole words as fit, or as much of a word that does not."""
    width, between = 0.0, 0
    for number, character in enumerate(text):
        if character == " ":
            between = number
        width += _ems(character) * size
        if width > room:
            return text[: between or max(1, number)]
    return text
