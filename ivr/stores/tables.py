"""The tables, as the newest migration leaves them. Times are UTC, as ISO 8601 text: both databases sort it rightly.

A call's answers and events are found by its id, and a number of an update stands in their keys: applied twice, an
update would break the key, and nothing of it would be kept.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

__all__ = ["REHEARSES", "answers", "calls", "events", "metadata"]

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("ended", Boolean(name="ended"), nullable=False),
    Column("late_key", String(1)),
    Column("late_at", String(32)),
    Column("caller", String(32)),
    Column("caller_last4", String(4)),
    Column("began_at", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Index(None, "began_at"),  # and none on `at`, which every update changes
    Index(None, "caller"),
)
"""One row a call: where it stands."""


def _of_call() -> Column[str]:
    return Column("call_id", String(64), ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)


answers = Table(
    "answers",
    metadata,
    _of_call(),
    Column("version", Integer, primary_key=True),
    Column("turn", Integer),
    Column("document", Text, nullable=False),
)
"""One row an update: what was answered, and to which turn (none: to the call's arrival). The last is the call's own."""

REHEARSES = text("kind = 'rehearsal-began'")
"""Of an event: that its call rehearses. An index of some rows is used where a query has its condition to the letter."""

events = Table(
    "events",
    metadata,
    _of_call(),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("event", Text, nullable=False),
    Index(None, "call_id", sqlite_where=REHEARSES, postgresql_where=REHEARSES),
)
"""One row an event, in the order of updates and, within one, of `number`. Rows are only ever added."""
