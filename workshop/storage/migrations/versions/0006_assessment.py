"""Who scores items, what they said, and what was worked out of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _assessor()
    _assessment()
    _score()
    _risk_score()
    _appraisal()


def downgrade() -> None:
    op.drop_table("appraisal")
    op.drop_table("risk_score")
    op.drop_table("score")
    op.drop_table("assessment")
    op.drop_table("assessor")


def _assessor() -> None:
    op.create_table(
        "assessor",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id")),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("lived", sa.Boolean(), nullable=False),
        sa.Column("frontline", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(64), unique=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('citizen', 'staff', 'partner', 'leader')", name="standing_known"
        ),
        sa.UniqueConstraint("workshop_id", "account_id"),
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), index=True, nullable=False),
        sa.Column("assessor_id", KEY, sa.ForeignKey("assessor.id"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("item_id", "assessor_id"),
    )


def _score() -> None:
    op.create_table(
        "score",
        sa.Column("assessment_id", KEY, sa.ForeignKey("assessment.id"), primary_key=True),
        sa.Column("criterion", sa.String(16), primary_key=True),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("likely", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "0 <= low AND low <= likely AND likely <= high AND high <= 100", name="in_order"
        ),
    )


def _risk_score() -> None:
    op.create_table(
        "risk_score",
        sa.Column("assessment_id", KEY, sa.ForeignKey("assessment.id"), primary_key=True),
        sa.Column("factor", sa.String(16), primary_key=True),
        sa.Column("still", sa.Boolean(), primary_key=True),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("bearers", sa.Text(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.CheckConstraint("band BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5", name="in_bands"),
    )


def _appraisal() -> None:
    op.create_table(
        "appraisal",
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), primary_key=True),
        sa.Column("rule_version", sa.String(32), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
