"""What people write, and the themes that gather it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _theme()
    _post()
    _contribution()


def downgrade() -> None:
    op.drop_table("contribution")
    op.drop_table("post")
    op.drop_table("theme")


def _theme() -> None:
    op.create_table(
        "theme",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.UniqueConstraint("workshop_id", "title"),
    )


def _post() -> None:
    op.create_table(
        "post",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), nullable=False),
        sa.Column("step_id", KEY, sa.ForeignKey("step.id")),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("group", sa.String(16), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("answers_id", KEY, sa.ForeignKey("post.id")),
        sa.Column("theme_id", KEY, sa.ForeignKey("theme.id", ondelete="SET NULL")),
        sa.Column("better_for", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("often", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('citizen', 'staff', 'partner', 'watching')", name="group_known"
        ),
        sa.CheckConstraint("kind IN ('goal', 'problem', 'idea', 'pledge')", name="kind_known"),
        sa.CheckConstraint(
            "state IN ('shown', 'hidden', 'removed', 'withdrawn')", name="state_known"
        ),
        sa.Index("ix_post_workshop_id_kind", "workshop_id", "kind"),
    )


def _contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("step_id", KEY, sa.ForeignKey("step.id"), primary_key=True),
        sa.Column("seat_id", KEY, sa.ForeignKey("seat.id"), primary_key=True),
    )
