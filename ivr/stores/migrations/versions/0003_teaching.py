"""Trainees, what they are to rehearse, and how it went."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trainees",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("group_name", sa.String(80)),
        sa.Column("pin", sa.String(32)),
        sa.UniqueConstraint("pin", name="uq_trainees_pin"),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("trainee", sa.String(80), sa.ForeignKey("trainees.name", ondelete="CASCADE"), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.Column("regret", sa.Text, nullable=False),
        sa.Column("lost", sa.Text, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
    )
    op.create_index("ix_results_trainee", "results", ["trainee"])


def downgrade() -> None:
    for table in ("results", "trainees"):
        op.drop_table(table)
