"""Several statements as one, on SQLite: they take its lock once, and no other thread has its turn between them.

SQLite has no list of statements that takes parameters, but a trigger is one: here the parameters are a row, put into a
view that has a column for each. https://www.sqlite.org/lang_createtrigger.html#instead_of_triggers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Composed", "composed"]

_PARAMETER = re.compile(r"(?<!:):(\w+)")


@dataclass(frozen=True, kw_only=True)
class Composed:
    """`statement` does it on a connection on which `prepared` was done; they last as long as the connection."""

    prepared: tuple[str, ...]
    statement: str


def composed(name: str, statements: Sequence[str]) -> Composed:
    """These, one after the other and all or none, by a `name` of its own; their parameters are named (`:name`).

    In each, `changes()` tells how many rows the one before it changed.
    """
    parameters = sorted({found for each in statements for found in _PARAMETER.findall(each)})
    columns = ", ".join(f'"{each}"' for each in parameters)
    empty = ", ".join(f'NULL AS "{each}"' for each in parameters)
    body = " ".join(_PARAMETER.sub(r'NEW."\1"', each) + ";" for each in statements)
    return Composed(
        prepared=(
            f"CREATE TEMP VIEW IF NOT EXISTS {name} AS SELECT {empty}",
            f"CREATE TEMP TRIGGER IF NOT EXISTS {name}_now INSTEAD OF INSERT ON {name} BEGIN {body} END",
        ),
        statement=f"INSERT INTO {name} ({columns}) VALUES ({', '.join(f':{each}' for each in parameters)})",
    )
