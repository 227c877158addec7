"""Which words about an item are its partner's, and a pilot that was stopped early."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ADDED = (
    ("trial", "planned_by"),
    ("trial", "told_by"),
    ("outcome", "by"),
    ("stage_move", "by"),
)
NAME = "ck_trial_outcome_known"
BEFORE = ("", "worked", "failed", "unclear")


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    _outcomes(*BEFORE, "stopped")


def downgrade() -> None:
    op.execute("UPDATE trial SET outcome = 'unclear' WHERE outcome = 'stopped'")
    _outcomes(*BEFORE)
    for table, column in reversed(ADDED):
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)


def _outcomes(*known: str) -> None:
    """Let a trial have these outcomes and no other."""
    listed = ", ".join(f"'{one}'" for one in known)
    with op.batch_alter_table("trial") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), f"outcome IN ({listed})")
