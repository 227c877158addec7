"""Sheets of paper that count once, hands that were counted, and how everybody came to the table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PRESENT = ["workshop_id", "removed_at", "group"]


def upgrade() -> None:
    op.create_table(
        "sheet",
        sa.Column("id", ID, nullable=False),
        sa.Column("workshop_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("step_id", ID),
        sa.Column("printed_at", sa.BigInteger, nullable=False),
        sa.Column("entered_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_sheet"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_sheet_workshop_id"),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name="fk_sheet_step_id"),
        sa.UniqueConstraint("workshop_id", "code", name="uq_sheet_workshop_id_code"),
        sa.CheckConstraint("kind IN ('vote', 'problem', 'idea')", name=op.f("ck_sheet_kind_known")),
    )
    op.create_index("ix_sheet_step_id", "sheet", ["step_id"])
    op.create_table(
        "hand_count",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("group", sa.String(16), nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "idea_id", "group", name="pk_hand_count"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_hand_count_round_id"),
        sa.ForeignKeyConstraint(["idea_id"], ["post.id"], name="fk_hand_count_idea_id"),
        sa.CheckConstraint(
            "\"group\" IN ('citizen', 'staff', 'partner')",
            name=op.f("ck_hand_count_group_known"),
        ),
        sa.CheckConstraint("people BETWEEN 0 AND 1000", name=op.f("ck_hand_count_people_sane")),
    )
    _present([*PRESENT, "channel"])


def downgrade() -> None:
    _present(PRESENT)
    op.drop_table("hand_count")
    op.drop_table("sheet")


def _present(columns: list[str]) -> None:
    op.drop_index("ix_seat_present", "seat")
    op.create_index("ix_seat_present", "seat", columns)
