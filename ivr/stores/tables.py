"""The tables, as the newest migration leaves them. Times are UTC, as ISO 8601 text: both databases sort it rightly.

What happened on a call is found by its number, small and ever growing, so that a turn writes few pages; and the version
of the update stands in the key: applied twice, an update would break the key, and nothing of it would be kept.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

__all__ = ["ANSWERED", "REHEARSES", "calls", "events", "metadata"]

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

REHEARSES = text("kind = 'rehearsal-began'")
"""Of an event: that its call rehearses. An index of some rows is used where a query has its condition to the letter."""

ANSWERED = 0
"""The number of an update's answer; those of its events come after it."""

Growing = BigInteger().with_variant(Integer, "sqlite")

calls = Table(
    "calls",
    metadata,
    Column("number", Growing, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
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


events = Table(
    "events",
    metadata,
    Column("call", Growing, ForeignKey("calls.number", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "call", sqlite_where=REHEARSES, postgresql_where=REHEARSES),
)
"""One row an event, as JSON, in the order of updates and, within one, of `number`. Rows are only ever added.

Number ANSWERED of each update is what was answered: the document, and to which `turn` (none: to the call's arrival).
The last one is the call's own."""
