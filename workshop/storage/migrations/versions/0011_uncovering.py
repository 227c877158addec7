"""A reveal may go place by place, and the room's screen may be bright."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add("round", sa.Column("under", sa.Integer(), nullable=False, server_default="0"))
    _add("workshop", sa.Column("bright", sa.Boolean(), nullable=False, server_default=sa.false()))


def _add(table: str, column: sa.Column[int] | sa.Column[bool]) -> None:
    """Add a column that rows from before get a value for; later ones are given theirs."""
    op.add_column(table, column)
    with op.batch_alter_table(table) as altered:
        altered.alter_column(column.name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("workshop") as workshop:
        workshop.drop_column("bright")
    with op.batch_alter_table("round") as table:
        table.drop_column("under")
