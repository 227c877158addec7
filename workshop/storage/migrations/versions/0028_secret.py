"""A round may be secret: who has voted and what was cast stand in tables with nothing in common."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("step", "round"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(
                sa.Column("secret", sa.Boolean(), server_default=sa.false(), nullable=False)
            )
    with op.batch_alter_table("round") as changed:
        changed.add_column(sa.Column("secret_key", sa.String(64)))
    op.create_table(
        "elector",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sa.Column("command", sa.String(64)),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_ballot",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("group", sa.String(16), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("secret_ballot")
    op.drop_table("elector")
    with op.batch_alter_table("round") as changed:
        changed.drop_column("secret_key")
    for table in ("round", "step"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("secret")
