"""Addresses of people who want to hear back, and the letters that wait for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "follower",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("seen_item", KEY, nullable=False),
        sa.Column("seen_moment", KEY, nullable=False),
        sa.Column("late", sa.JSON(), nullable=False),
        sa.Column("letter", sa.JSON(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_follower_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("mark", name=op.f("uq_follower_mark")),
    )
    op.create_index(op.f("ix_follower_workshop_id"), "follower", ["workshop_id"])
    op.create_index(op.f("ix_follower_due_at"), "follower", ["due_at"])


def downgrade() -> None:
    op.drop_table("follower")
