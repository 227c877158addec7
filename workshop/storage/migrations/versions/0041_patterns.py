"""Where people sat down, by marks under a key that goes, and what was decided about patterns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ADDED = (
    ("workshop", "origin_key", 32),
    ("workshop", "venue", 16),
    ("seat", "origin", 16),
    ("seat", "device", 16),
)


def upgrade() -> None:
    for table, column, length in ADDED:
        op.add_column(table, sa.Column(column, sa.String(length), nullable=True))
    op.create_table(
        "decided",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("round_id", KEY, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('device', 'place', 'alike')", name=op.f("ck_decided_kind_known")
        ),
        sa.CheckConstraint("decision IN ('aside', 'left')", name=op.f("ck_decided_decision_known")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decided_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided")),
    )
    op.create_index(op.f("ix_decided_round_id"), "decided", ["round_id"])
    op.create_table(
        "decided_seat",
        sa.Column("decided_id", KEY, nullable=False),
        sa.Column("seat_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_id"], ["decided.id"], name=op.f("fk_decided_seat_decided_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_decided_seat_seat_id")),
        sa.PrimaryKeyConstraint("decided_id", "seat_id", name=op.f("pk_decided_seat")),
    )


def downgrade() -> None:
    op.drop_table("decided_seat")
    op.drop_table("decided")
    for table, column, _ in reversed(ADDED):
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
