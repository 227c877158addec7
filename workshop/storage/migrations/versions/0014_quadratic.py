"""A vote of dots may cost the square of the votes on one idea, so its step and its round say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("step", "round"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(
                sa.Column("quadratic", sa.Boolean(), server_default=sa.false(), nullable=False)
            )


def downgrade() -> None:
    for table in ("round", "step"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("quadratic")
