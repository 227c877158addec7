"""Workshops, their steps and seats, their history and the commands they answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _workshop()
    _step()
    _seat()
    _moment()
    _command()


def downgrade() -> None:
    op.drop_table("command")
    op.drop_table("moment")
    op.drop_table("seat")
    op.drop_table("step")
    op.drop_table("workshop")


def _workshop() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("slug", sa.String(16), unique=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("better_for", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("template", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("facilitator_id", KEY, sa.ForeignKey("account.id"), index=True, nullable=False),
        sa.Column("join_code", sa.String(6), unique=True),
        sa.Column("link_token", sa.String(40), unique=True, nullable=False),
        sa.Column("screen_token", sa.String(40), unique=True, nullable=False),
        sa.Column("doors_open", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("screen", sa.String(16), nullable=False),
        sa.Column("spotlight_id", KEY),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step_position", sa.Integer(), nullable=False),
        sa.Column("timer_ends_at", sa.BigInteger()),
        sa.Column("timer_left", sa.BigInteger()),
        sa.Column("shuffle", sa.String(32), nullable=False),
        sa.Column("answer_by", sa.String(10)),
        sa.Column("starts_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.CheckConstraint("timer_ends_at IS NULL OR timer_left IS NULL", name="one_timer"),
        sa.CheckConstraint("state IN ('upcoming', 'running', 'finished')", name="state_known"),
    )


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(16)),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes_sane"),
        sa.CheckConstraint(
            "phase IN ('welcome', 'problems', 'themes', 'ideas', 'vote', 'results', 'next')",
            name="phase_known",
        ),
        sa.CheckConstraint("(phase = 'vote') = (method IS NOT NULL)", name="vote_has_method"),
        sa.UniqueConstraint("workshop_id", "position"),
    )


def _seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("group", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("receipt_hash", sa.String(64), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger()),
        sa.CheckConstraint(
            "\"group\" IN ('citizen', 'staff', 'partner', 'watching')", name="group_known"
        ),
        sa.UniqueConstraint("workshop_id", "receipt_hash"),
    )


def _moment() -> None:
    op.create_table(
        "moment",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ref", KEY),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("workshop_id", "seq"),
    )


def _command() -> None:
    op.create_table(
        "command",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id")),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Index("ix_command_at", "at"),
    )
