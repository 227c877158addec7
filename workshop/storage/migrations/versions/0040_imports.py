"""Workshops that are made of a vote or a conversation from elsewhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GROUPS = "'citizen', 'staff', 'partner', 'watching', 'room'"


def upgrade() -> None:
    _known(f"{GROUPS}, 'imported'")
    op.create_table(
        "imported",
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_imported_workshop_id")
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_imported")),
    )


def downgrade() -> None:
    op.drop_table("imported")
    # An older program knows no such author; the whole room is the nearest that it knows.
    op.execute("UPDATE post SET \"group\" = 'room' WHERE \"group\" = 'imported'")
    _known(GROUPS)


def _known(groups: str) -> None:
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f("ck_post_group_known"), type_="check")
        table.create_check_constraint(op.f("ck_post_group_known"), f'"group" IN ({groups})')
