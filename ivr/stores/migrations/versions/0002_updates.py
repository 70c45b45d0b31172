"""An update of a call touches no index: old calls are found by when they began."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_calls_began_at", "calls", ["began_at"])
    op.drop_index("ix_calls_at", "calls")


def downgrade() -> None:
    op.create_index("ix_calls_at", "calls", ["at"])
    op.drop_index("ix_calls_began_at", "calls")
