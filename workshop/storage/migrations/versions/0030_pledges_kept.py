"""The day on which people are asked what came of their promises, and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("ask_on", sa.String(10), nullable=True))
    op.create_table(
        "pledge_answer",
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("helped", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('yes', 'partly', 'not_yet')",
            name=op.f("ck_pledge_answer_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_pledge_answer_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_pledge_answer")),
    )


def downgrade() -> None:
    op.drop_table("pledge_answer")
    with op.batch_alter_table("workshop") as table:
        table.drop_column("ask_on")
