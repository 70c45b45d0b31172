"""Lines that fit the terminal, broken between words."""

import re
import shutil
import sys
import textwrap

import click

__all__ = ["echo", "in_columns", "terminal_width"]

_BETWEEN_DIGITS = re.compile(r"(?<=\b\d) (?=\d\b)")
_KEPT = "\N{NO-BREAK SPACE}"
"""In the place of spaces between digits, so that a number stays on one line."""


def echo(text: str = "", indent: int = 0, *, err: bool = False) -> None:
    """Prints lines, broken where the terminal is narrower; what goes on is indented."""
    width = terminal_width()
    click.echo("\n".join(part for line in text.split("\n") for part in in_columns(line, width, indent)), err=err)


def in_columns(line: str, width: int | None, indent: int) -> list[str]:
    """A line in lines of at most `width` columns, the later ones indented; whole where there is no width."""
    if width is None or len(line) <= width:
        return [line]
    whole = _BETWEEN_DIGITS.sub(_KEPT, line)
    broken = textwrap.wrap(whole, width, subsequent_indent=" " * indent, break_on_hyphens=False)
    return [each.replace(_KEPT, " ") for each in broken if each]


def terminal_width() -> int | None:
    """How many columns whoever reads this has; None where it goes to a file or a program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
