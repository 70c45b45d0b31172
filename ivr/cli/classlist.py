"""A class list as a CSV file, and PINs for those on it."""

import csv
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import category

from ivr.errors import ScriptError

__all__ = ["bad_name", "different_pins", "read_class"]

LONGEST = 80
"""Characters of a name or a group."""
PIN_DIGITS = 6
_UNSEEN = {"Cc", "Zl", "Zp"}
"""Unicode's control characters and ends of lines."""


def read_class(path: Path) -> list[tuple[str, str | None]]:
    """Names and groups. Raises ScriptError with every problem, each with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets write the mark
            table = csv.DictReader(file, delimiter=_separator(file.readline()))
            file.seek(0)
            columns = [each.strip().lower() for each in table.fieldnames or ()]
            table.fieldnames = columns
            rows = [(table.line_num, row) for row in table]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ScriptError(f"{path}: this is no CSV file in UTF-8: {error}") from None
    if "name" not in columns:
        raise ScriptError(f"{path}:1: there is no column name, expected name, and group if there are several")
    listed = [(line, _cell(row, "name"), _cell(row, "group")) for line, row in rows]
    problems = [f"{path}:{line}: {problem}" for line, problem in _problems(listed)]
    if not listed:
        problems = [f"{path}: nobody is on the list"]
    if problems:
        raise ScriptError("\n".join(problems))
    return [(name, group or None) for _, name, group in listed]


def different_pins(many: int) -> list[str]:
    """So many PINs, no two the same."""
    found: dict[str, None] = {}
    while len(found) < many:
        found["".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))] = None
    return list(found)


def bad_name(name: str, group: str | None) -> str | None:
    """What is wrong with the name of a trainee or a group; None where nothing is."""
    if not name.strip():
        return "a name is missing"
    if len(name) > LONGEST or len(group or "") > LONGEST:
        return f"a name and a group have at most {LONGEST} characters"
    if any(text != text.strip() or not _UNSEEN.isdisjoint(map(category, text)) for text in (name, group or "")):
        return "a name and a group are on one line, without control characters, and without spaces around them"
    return None


def _separator(header: str) -> str:
    """A spreadsheet separates by what its country does not write numbers with."""
    return next((sign for sign in ";\t" if sign in header and "," not in header), ",")


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return (row.get(column) or "").strip()


def _problems(listed: Sequence[tuple[int, str, str]]) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    problems = []
    for line, name, group in listed:
        if wrong := bad_name(name, group):
            problems.append((line, wrong))
        elif name in first:
            problems.append((line, f"'{name}' is there twice, first in line {first[name]}"))
        first.setdefault(name, line)
    return problems
