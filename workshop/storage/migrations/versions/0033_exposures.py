"""Who was shown which idea in an open round, each person's own order, and what is put first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exposure",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("idea_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_order",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sa.Column("ideas", sa.JSON(), nullable=False),
        sa.Column("topped", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("first", sa.JSON()))


def downgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.drop_column("first")
    op.drop_table("ballot_order")
    op.drop_table("exposure")
