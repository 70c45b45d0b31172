"""Calls, their answers and events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("late_key", sa.String(1)),
        sa.Column("late_at", sa.String(32)),
        sa.Column("caller", sa.String(32)),
        sa.Column("caller_last4", sa.String(4)),
        sa.Column("began_at", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("ix_calls_at", "calls", ["at"])
    op.create_index("ix_calls_caller", "calls", ["caller"])
    op.create_table(
        "answers",
        _of_call(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("turn", sa.Integer),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "events",
        _of_call(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("events", "answers", "calls"):
        op.drop_table(table)


def _of_call() -> sa.Column[str]:
    return sa.Column("call_id", sa.String(64), sa.ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
