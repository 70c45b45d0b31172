"""When a scenario comes back to a trainee."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("trainee", sa.String(80), sa.ForeignKey("trainees.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("scenario", sa.String(80), primary_key=True),
        sa.Column("due", sa.String(32), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("cards")
