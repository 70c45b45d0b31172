"""What happened on a call is found by the call's number, and an update's answer is a row among its events."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GROWING = sa.BigInteger().with_variant(sa.Integer, "sqlite")
OF_CALL = "version, record, ended, late_key, late_at, caller, caller_last4, began_at, at"
OF_RESULT = "id, trainee, scenario, stage, at, score, failed, regret, lost, events, call_id"
REHEARSALS = sa.text("kind = 'rehearsal-began'")


def upgrade() -> None:
    _put_aside("results", "answers", "events", "calls")
    _calls(sa.Column("number", GROWING, primary_key=True), sa.Column("id", sa.String(64), nullable=False))
    with op.batch_alter_table("calls") as calls:
        calls.create_unique_constraint("uq_calls_id", ["id"])
    op.create_table(
        "events",
        sa.Column("call", GROWING, sa.ForeignKey("calls.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("turn", sa.Integer),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_events_call", "events", ["call"], sqlite_where=REHEARSALS, postgresql_where=REHEARSALS)
    op.execute(f"INSERT INTO calls (id, {OF_CALL}) SELECT id, {OF_CALL} FROM old_calls ORDER BY began_at, id")
    op.execute(
        "INSERT INTO events (call, version, number, turn, kind, body)"
        " SELECT c.number, a.version, 0, a.turn, 'answered', a.document"
        " FROM old_answers a JOIN calls c ON c.id = a.call_id"
    )
    op.execute(
        "INSERT INTO events (call, version, number, kind, body)"
        " SELECT c.number, e.version, e.number + 1, e.kind, e.event FROM old_events e JOIN calls c ON c.id = e.call_id"
    )
    _results()
    _throw_away("results", "answers", "events", "calls")


def downgrade() -> None:
    _put_aside("results", "events", "calls")
    _calls(sa.Column("id", sa.String(64), primary_key=True))
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
    op.create_index("ix_events_call_id", "events", ["call_id"], sqlite_where=REHEARSALS, postgresql_where=REHEARSALS)
    op.execute(f"INSERT INTO calls (id, {OF_CALL}) SELECT id, {OF_CALL} FROM old_calls")
    op.execute(
        "INSERT INTO answers (call_id, version, turn, document)"
        " SELECT c.id, e.version, e.turn, e.body FROM old_events e JOIN old_calls c ON c.number = e.call"
        " WHERE e.number = 0"
    )
    op.execute(
        "INSERT INTO events (call_id, version, number, kind, event)"
        " SELECT c.id, e.version, e.number - 1, e.kind, e.body FROM old_events e JOIN old_calls c ON c.number = e.call"
        " WHERE e.number > 0"
    )
    _results()
    _throw_away("results", "events", "calls")


def _put_aside(*tables: str) -> None:
    """Those that refer to others first: dropped after them, they would lose what they refer to."""
    for table in tables:
        op.execute(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM {table}")
        op.drop_table(table)


def _throw_away(*tables: str) -> None:
    for table in tables:
        op.drop_table(f"old_{table}")


def _of_call() -> sa.Column[str]:
    return sa.Column("call_id", sa.String(64), sa.ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)


def _calls(*key: sa.Column[object]) -> None:
    op.create_table(
        "calls",
        *key,
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
    op.create_index("ix_calls_began_at", "calls", ["began_at"])
    op.create_index("ix_calls_caller", "calls", ["caller"])


def _results() -> None:
    """The same as before, referring to the new calls."""
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
        sa.Column("call_id", sa.String(64), sa.ForeignKey("calls.id", name="fk_results_call_id", ondelete="SET NULL")),
    )
    op.create_index("ix_results_trainee", "results", ["trainee"])
    op.create_index("ix_results_call_id", "results", ["call_id"], unique=True)
    op.execute(f"INSERT INTO results ({OF_RESULT}) SELECT {OF_RESULT} FROM old_results")
    if op.get_bind().dialect.name == "postgresql":
        next_id = "(SELECT coalesce(max(id), 0) + 1 FROM results)"
        op.execute(f"SELECT setval(pg_get_serial_sequence('results', 'id'), {next_id}, false)")
