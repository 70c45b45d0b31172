"""A result knows the call it is of, and calls that rehearse are found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("results") as results:
        results.add_column(sa.Column("call_id", sa.String(64)))
        results.create_foreign_key("fk_results_call_id", "calls", ["call_id"], ["id"], ondelete="SET NULL")
        results.create_index("ix_results_call_id", ["call_id"], unique=True)
    rehearsals = sa.text("kind = 'rehearsal-began'")
    op.create_index("ix_events_call_id", "events", ["call_id"], sqlite_where=rehearsals, postgresql_where=rehearsals)


def downgrade() -> None:
    op.drop_index("ix_events_call_id", "events")
    with op.batch_alter_table("results") as results:
        results.drop_index("ix_results_call_id")
        results.drop_constraint("fk_results_call_id", type_="foreignkey")
        results.drop_column("call_id")
