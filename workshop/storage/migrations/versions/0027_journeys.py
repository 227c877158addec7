"""Moments that people lived through, on the parts of a journey."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "'goal', 'problem', 'idea', 'pledge', 'question', 'comment'{}"
PHASES = "'welcome', {}'problems', 'themes', 'ideas', 'vote', 'results', 'next'"


def upgrade() -> None:
    op.create_table(
        "leg",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_leg_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leg")),
        sa.UniqueConstraint("workshop_id", "title", name=op.f("uq_leg_workshop_id_title")),
    )
    op.create_index(op.f("ix_leg_workshop_id"), "leg", ["workshop_id"])
    with op.batch_alter_table("post") as table:
        table.add_column(sa.Column("leg_id", KEY, nullable=True))
        table.add_column(sa.Column("feeling", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_post_leg_id"), "leg", ["leg_id"], ["id"])
        table.create_check_constraint(op.f("ck_post_feeling_known"), "feeling BETWEEN 1 AND 5")
    _known("post", "kind", KINDS.format(", 'experience'"))
    _known("step", "phase", PHASES.format("'journey', "))


def downgrade() -> None:
    """Moments go with the line they stood on; problems made of them stay, and stand alone."""
    moments = "SELECT id FROM post WHERE kind = 'experience'"
    op.execute(f"UPDATE post SET answers_id = NULL WHERE answers_id IN ({moments})")  # noqa: S608 - our own words
    op.execute("DELETE FROM post WHERE kind = 'experience'")
    op.execute("UPDATE step SET phase = 'welcome' WHERE phase = 'journey'")
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f("ck_post_feeling_known"), type_="check")
        table.drop_constraint(op.f("fk_post_leg_id"), type_="foreignkey")
        table.drop_column("feeling")
        table.drop_column("leg_id")
    _known("post", "kind", KINDS.format(""))
    _known("step", "phase", PHASES.format(""))
    op.drop_table("leg")


def _known(table: str, column: str, choices: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_{column}_known"), type_="check")
        changed.create_check_constraint(
            op.f(f"ck_{table}_{column}_known"), f"{column} IN ({choices})"
        )
