"""The backlog: items, decisions, outcomes and history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _item()
    _decision()
    _outcome()
    _item_moment()


def downgrade() -> None:
    op.drop_table("item_moment")
    op.drop_table("outcome")
    op.drop_table("decision")
    op.drop_table("item")


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("idea_id", KEY, sa.ForeignKey("post.id"), unique=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lineage", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("facet", sa.String(16), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("reversible", sa.String(16), nullable=False),
        sa.Column("effort", sa.Double()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("next_test", sa.Text(), nullable=False),
        sa.Column("savings", sa.Text(), nullable=False),
        sa.Column("unlawful", sa.Boolean(), nullable=False),
        sa.Column("worse_off", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.String(10)),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("effort IS NULL OR effort >= 0", name="effort_sane"),
        sa.CheckConstraint("evidence BETWEEN 0 AND 5", name="evidence_level"),
        sa.CheckConstraint(
            "facet IN ('enhancement', 'mission', 'adaptive', 'anticipatory')", name="facet_known"
        ),
        sa.CheckConstraint(
            "reversible IN ('same_day', 'weeks', 'months', 'hard', 'irreversible')",
            name="reversible_known",
        ),
        sa.CheckConstraint(
            "stage IN ('candidate', 'assessed', 'testing', 'pilot', 'adopted', "
            "'stopped', 'parked')",
            name="stage_known",
        ),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), index=True, nullable=False),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("change_mind", sa.Text(), nullable=False),
        sa.Column("review_on", sa.String(10)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'test', 'later', 'no')", name="answer_known"),
    )


def _outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), index=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def _item_moment() -> None:
    op.create_table(
        "item_moment",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), index=True, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
