"""A rule may change until the first ballot, and a budget go up later; the ledger tells of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KNOWN = "ck_ledger_kind_known"
KINDS = "'opened', 'ballot', 'sealed'"


def upgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("raised", sa.Integer(), server_default="0", nullable=False))
    _known(f"{KINDS}, 'ruled'")


def downgrade() -> None:
    # The version before this one knows no such line, and would not find its chain whole either way.
    op.execute("UPDATE ledger SET kind = 'opened' WHERE kind = 'ruled'")
    _known(KINDS)
    with op.batch_alter_table("round") as table:
        table.drop_column("raised")


def _known(kinds: str) -> None:
    with op.batch_alter_table("ledger") as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), f"kind IN ({kinds})")
