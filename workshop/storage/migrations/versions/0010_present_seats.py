"""Who sits at a table can be counted from one index, without looking at the seats."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_seat_present", "seat", ["workshop_id", "removed_at", "group"])
    op.drop_index("ix_seat_workshop_id", "seat")


def downgrade() -> None:
    op.create_index("ix_seat_workshop_id", "seat", ["workshop_id"])
    op.drop_index("ix_seat_present", "seat")
