"""The tables of whoever teaches, beside those of calls."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ivr.stores.tables import metadata

__all__ = ["assignments", "cards", "deliveries", "metadata", "results", "trainees"]

trainees = Table(
    "trainees",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("group_name", String(80)),
    Column("pin", String(32)),
    UniqueConstraint("pin"),
)
"""One row a trainee. `pin` is a keyed hash."""

results = Table(
    "results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("trainee", String(80), ForeignKey("trainees.name", ondelete="CASCADE"), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("score", Float, nullable=False),
    Column("failed", Boolean(name="failed"), nullable=False),
    Column("regret", Text, nullable=False),
    Column("lost", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("call_id", String(64), ForeignKey("calls.id", ondelete="SET NULL")),
    Index(None, "trainee"),
    Index(None, "call_id", unique=True),
)
"""One row an attempt: seconds lost by cause and points lost by item, as JSON, and its events, a JSON object a line.

`call_id` is the call it was made on, if the store has it: none in the terminal, and none once the call is purged."""

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scenario", String(80), nullable=False),
    Column("trainee", String(80), ForeignKey("trainees.name", ondelete="CASCADE")),
    Column("group_name", String(80)),
    Column("due", String(10)),
    Column("at", String(32), nullable=False),
    CheckConstraint("(trainee IS NULL) <> (group_name IS NULL)", name="ck_assignments_to_one"),
    Index(None, "trainee", "scenario", unique=True),
    Index(None, "group_name", "scenario", unique=True),
)
"""One row a scenario that a trainee or a group is to rehearse; `due` is a day, ISO 8601."""

cards = Table(
    "cards",
    metadata,
    Column("trainee", String(80), ForeignKey("trainees.name", ondelete="CASCADE"), primary_key=True),
    Column("scenario", String(80), primary_key=True),
    Column("due", String(32), nullable=False),
    Column("state", Text, nullable=False),
)
"""One row a scenario that a trainee has rehearsed: when it comes back, and what that rests on, as JSON."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("result", Integer, ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", String(32)),
)
"""One row a result that a learning record store was told of, or is to be told of again at `next_at`."""
