"""How far every device has counted its marks, and room for the highest number it may send."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARK = ("round_id", "seat_id", "idea_id")


def upgrade() -> None:
    _number(sa.BigInteger())
    _mark_device()


def downgrade() -> None:
    op.drop_table("mark_device")
    # A smaller column cannot hold what was numbered by a clock; the order below it stays.
    op.execute("UPDATE mark SET number = 2147483647 WHERE number > 2147483647")
    _number(sa.Integer())


def _number(wanted: sa.types.TypeEngine[int]) -> None:
    with op.batch_alter_table("mark") as mark:
        mark.alter_column("number", type_=wanted, existing_nullable=False)


def _mark_device() -> None:
    op.create_table(
        "mark_device",
        *(sa.Column(name, KEY, primary_key=True) for name in MARK),
        sa.Column("device", sa.String(40), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(MARK, [f"mark.{name}" for name in MARK], ondelete="CASCADE"),
    )
