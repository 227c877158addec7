"""How long the words of a workshop are kept, and when they went.

Workshops that are there already have no period: nobody was told of one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("keep_days", sa.Integer()))
    op.add_column("workshop", sa.Column("swept_at", sa.BigInteger()))


def downgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.drop_column("swept_at")
        table.drop_column("keep_days")
