"""Helpers write for others on one device, and a seat's other devices can be signed out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANNEL = "ck_seat_channel_known"
TOKEN = "uq_workshop_helper_token"  # noqa: S105 - the name of a constraint


def upgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("helper_token", sa.String(40)))
        table.create_unique_constraint(op.f(TOKEN), ["helper_token"])
    with op.batch_alter_table("seat") as table:
        table.add_column(
            sa.Column("channel", sa.String(16), nullable=False, server_default="phone")
        )
        table.add_column(sa.Column("epoch", sa.Integer, nullable=False, server_default="0"))
        table.create_check_constraint(op.f(CHANNEL), "channel IN ('phone', 'helper', 'paper')")


def downgrade() -> None:
    with op.batch_alter_table("seat") as table:
        table.drop_constraint(op.f(CHANNEL), type_="check")
        table.drop_column("epoch")
        table.drop_column("channel")
    with op.batch_alter_table("workshop") as table:
        table.drop_constraint(op.f(TOKEN), type_="unique")
        table.drop_column("helper_token")
