"""A class list as a CSV file, and PINs for those on it."""

import csv
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from ivr.errors import ScriptError

__all__ = ["LONGEST", "different_pins", "read_class"]

LONGEST = 80
"""Characters of a name or a group."""
PIN_DIGITS = 6


def read_class(path: Path) -> list[tuple[str, str | None]]:
    """Names and groups. Raises ScriptError with every problem, each with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets write the mark
            table = csv.DictReader(file)
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


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return (row.get(column) or "").strip()


def _problems(listed: Sequence[tuple[int, str, str]]) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    problems = []
    for line, name, group in listed:
        if not name:
            problems.append((line, "a name is missing"))
        elif name in first:
            problems.append((line, f"'{name}' is there twice, first in line {first[name]}"))
        if len(name) > LONGEST or len(group) > LONGEST:
            problems.append((line, f"a name and a group have at most {LONGEST} characters"))
        first.setdefault(name, line)
    return problems
