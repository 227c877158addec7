"""The group that a reveal counted each ballot in; rounds revealed before keep today's groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("purse", sa.Column("counted_as", sa.String(16)))
    op.execute(
        'UPDATE purse SET counted_as = (SELECT "group" FROM seat WHERE seat.id = purse.seat_id)'
        " WHERE round_id IN (SELECT id FROM round WHERE state <> 'open' AND revealed_at > 0)"
    )


def downgrade() -> None:
    with op.batch_alter_table("purse") as purse:
        purse.drop_column("counted_as")
