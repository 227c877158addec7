"""Rooms that are rehearsals of a workshop, and what the last rehearsal of each found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("rehearses_id", KEY, nullable=True))
        table.create_foreign_key(
            op.f("fk_workshop_rehearses_id"), "workshop", ["rehearses_id"], ["id"]
        )
        table.create_index(op.f("ix_workshop_rehearses_id"), ["rehearses_id"])
    op.create_table(
        "rehearsal",
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=True),
        sa.Column("running", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.BigInteger(), nullable=nullable)
            for name, nullable in (
                ("started_at", False),
                ("beat_at", False),
                ("ends_at", False),
                ("ended_at", True),
                ("screen_at", True),
                ("shown_at", True),
            )
        ),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("lags", "ground", "figures")),
        sa.CheckConstraint("running = 1", name=op.f("ck_rehearsal_one_running")),
        sa.CheckConstraint(
            "(running IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_rehearsal_ran_or_ended")
        ),
        sa.CheckConstraint(
            "(running IS NULL) = (room_id IS NULL)", name=op.f("ck_rehearsal_running_somewhere")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_rehearsal_workshop_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["workshop.id"], name=op.f("fk_rehearsal_room_id")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_rehearsal")),
        sa.UniqueConstraint("room_id", name=op.f("uq_rehearsal_room_id")),
        sa.UniqueConstraint("running", name=op.f("uq_rehearsal_running")),
    )


def downgrade() -> None:
    op.drop_table("rehearsal")
    with op.batch_alter_table("workshop") as table:
        table.drop_index(op.f("ix_workshop_rehearses_id"))
        table.drop_constraint(op.f("fk_workshop_rehearses_id"), type_="foreignkey")
        table.drop_column("rehearses_id")
