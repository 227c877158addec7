"""Rounds, purses and marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _round()
    _purse()
    _mark()


def downgrade() -> None:
    op.drop_table("mark")
    op.drop_table("purse")
    op.drop_table("round")


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("step_id", KEY, sa.ForeignKey("step.id"), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("revealed_at", sa.BigInteger()),
        sa.CheckConstraint("budget >= 0 AND cap >= 1", name="rule_sane"),
        sa.CheckConstraint("state IN ('open', 'closed', 'revealed')", name="state_known"),
        sa.UniqueConstraint("step_id"),
    )


def _purse() -> None:
    op.create_table(
        "purse",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.CheckConstraint("used >= 0 AND used <= cap", name="within_cap"),
    )


def _mark() -> None:
    op.create_table(
        "mark",
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
        sa.Column("idea_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("value", sa.Integer()),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("value BETWEEN -1 AND 1000", name="value_sane"),
    )
