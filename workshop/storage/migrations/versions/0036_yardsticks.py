"""What ideas are measured by, version after version, and the newest run over the portfolio."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "yardstick",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("place", sa.String(32), nullable=False),
        sa.Column("programme_id", KEY, sa.ForeignKey("programme.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("place", "version"),
    )
    op.create_table(
        "portfolio_run",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("rule_version", sa.String(32), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("portfolio_run")
    op.drop_table("yardstick")
