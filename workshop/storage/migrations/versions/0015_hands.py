"""Hands that are up, and when the room was last nudged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat", sa.Column("hand_at", sa.BigInteger()))
    op.add_column("workshop", sa.Column("nudged_at", sa.BigInteger()))


def downgrade() -> None:
    with op.batch_alter_table("workshop") as workshop:
        workshop.drop_column("nudged_at")
    with op.batch_alter_table("seat") as seat:
        seat.drop_column("hand_at")
