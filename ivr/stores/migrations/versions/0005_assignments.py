"""What trainees and groups are to rehearse."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("trainee", sa.String(80), sa.ForeignKey("trainees.name", ondelete="CASCADE")),
        sa.Column("group_name", sa.String(80)),
        sa.Column("due", sa.String(10)),
        sa.Column("at", sa.String(32), nullable=False),
        sa.CheckConstraint("(trainee IS NULL) <> (group_name IS NULL)", name="ck_assignments_to_one"),
    )
    op.create_index("ix_assignments_trainee_scenario", "assignments", ["trainee", "scenario"], unique=True)
    op.create_index("ix_assignments_group_name_scenario", "assignments", ["group_name", "scenario"], unique=True)


def downgrade() -> None:
    op.drop_table("assignments")
