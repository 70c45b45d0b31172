"""Which results a learning record store has been told of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("result", sa.Integer, sa.ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.String(32)),
    )


def downgrade() -> None:
    op.drop_table("deliveries")
