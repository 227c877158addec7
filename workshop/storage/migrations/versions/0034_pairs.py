"""The pairs that people were asked in an open round of “which of two”, and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pair",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sa.Column("low_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("high_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_pair_two_ideas")),
        sa.CheckConstraint("answer BETWEEN -1 AND 1", name=op.f("ck_pair_answer_known")),
        sa.CheckConstraint("left_id IN (low_id, high_id)", name=op.f("ck_pair_left_is_one")),
    )
    op.create_index(
        "uq_pair_asked",
        "pair",
        ["round_id", "seat_id"],
        unique=True,
        sqlite_where=sa.text("answer IS NULL"),
        postgresql_where=sa.text("answer IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("pair")
