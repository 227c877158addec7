"""What a vote means is kept with it, and so is what the facilitator says of an idea beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("findings", sa.JSON()))
    op.create_table(
        "verdict",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("idea_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.String(10)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('parked', 'kept')", name=op.f("ck_verdict_kind_known")),
        sa.CheckConstraint(
            "(kind = 'parked') = (review_on IS NOT NULL)", name=op.f("ck_verdict_parked_until")
        ),
    )


def downgrade() -> None:
    op.drop_table("verdict")
    with op.batch_alter_table("round") as table:
        table.drop_column("findings")
