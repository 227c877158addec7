"""Alike posts can be merged into one card, and taken out of it again as they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "ck_post_state_known"
SOMEWHERE = "ck_post_merged_somewhere"
SANE = "ck_post_inside_sane"


def upgrade() -> None:
    with op.batch_alter_table("post") as table:
        table.add_column(sa.Column("merged_id", KEY))
        table.add_column(sa.Column("top_id", KEY))
        table.add_column(sa.Column("inside", sa.Integer(), nullable=False, server_default="0"))
        table.create_foreign_key(op.f("fk_post_merged_id"), "post", ["merged_id"], ["id"])
        table.create_foreign_key(op.f("fk_post_top_id"), "post", ["top_id"], ["id"])
        table.create_index(op.f("ix_post_top_id"), ["top_id"])
    with op.batch_alter_table("post") as table:
        table.alter_column("inside", server_default=None)
        table.drop_constraint(op.f(STATES), type_="check")
        table.create_check_constraint(
            op.f(STATES),
            "state IN ('shown', 'held', 'hidden', 'removed', 'withdrawn', 'merged')",
        )
        table.create_check_constraint(
            op.f(SOMEWHERE),
            "(state = 'merged') = (merged_id IS NOT NULL)"
            " AND (merged_id IS NULL) = (top_id IS NULL)",
        )
        table.create_check_constraint(op.f(SANE), "inside >= 0")
    op.create_table(
        "set_aside",
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
    )


def downgrade() -> None:
    """What stands inside a card stands for itself again."""
    op.drop_table("set_aside")
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f(SANE), type_="check")
        table.drop_constraint(op.f(SOMEWHERE), type_="check")
    op.execute("UPDATE post SET state = 'shown' WHERE state = 'merged'")
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f(STATES), type_="check")
        table.create_check_constraint(
            op.f(STATES), "state IN ('shown', 'held', 'hidden', 'removed', 'withdrawn')"
        )
        table.drop_index(op.f("ix_post_top_id"))
        table.drop_constraint(op.f("fk_post_top_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_post_merged_id"), type_="foreignkey")
        table.drop_column("inside")
        table.drop_column("top_id")
        table.drop_column("merged_id")
