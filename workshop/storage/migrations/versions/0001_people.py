"""The first tables: accounts and the links that make them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _account()
    _pass()


def downgrade() -> None:
    op.drop_table("pass")
    op.drop_table("account")


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("email", sa.String(254), unique=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("role IN ('facilitator', 'leader', 'administrator')", name="role_known"),
    )


def _pass() -> None:
    op.create_table(
        "pass",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), unique=True, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.CheckConstraint("kind IN ('setup', 'invite', 'robot')", name="kind_known"),
        sa.CheckConstraint("role IN ('facilitator', 'leader', 'administrator')", name="role_known"),
    )
