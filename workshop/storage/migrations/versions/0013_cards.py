"""More of what a card says: how somebody knows, who does what, and what an idea needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ck_post_evidence_known"
COLUMNS = ("evidence", "source", "does", "needs")


def upgrade() -> None:
    with op.batch_alter_table("post") as table:
        table.add_column(sa.Column("evidence", sa.String(16), nullable=False, server_default=""))
        for name in COLUMNS[1:]:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint(op.f(NAME), "evidence IN ('', 'seen', 'told', 'numbers')")
    # The default was for the rows that were there; the models name none.
    with op.batch_alter_table("post") as table:
        for name in COLUMNS:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        for name in COLUMNS:
            table.drop_column(name)
