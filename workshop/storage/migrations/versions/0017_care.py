"""Posts that wait for a look, people who ask for one, and the log of what facilitators did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "ck_post_state_known"


def upgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("care", sa.String(16), nullable=False, server_default="off"))
        table.add_column(sa.Column("word_list", sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint(
            op.f("ck_workshop_care_known"), "care IN ('off', 'first', 'all')"
        )
    _posts()
    _no_defaults("workshop", ("care", "word_list"))
    _no_defaults("post", ("held_for", "reason", "note", "looked_at", "reports"))
    _reports()
    _deeds()


def downgrade() -> None:
    op.drop_table("deed")
    op.drop_table("report")
    op.execute("UPDATE post SET state = 'hidden' WHERE state = 'held'")
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f(STATES), type_="check")
        table.create_check_constraint(
            op.f(STATES), "state IN ('shown', 'hidden', 'removed', 'withdrawn')"
        )
        for name in ("held_for", "reason", "note", "looked_at", "reports"):
            table.drop_column(name)
    with op.batch_alter_table("workshop") as table:
        table.drop_constraint(op.f("ck_workshop_care_known"), type_="check")
        table.drop_column("word_list")
        table.drop_column("care")


def _posts() -> None:
    with op.batch_alter_table("post") as table:
        for name, kind, default in (
            ("held_for", sa.String(16), ""),
            ("reason", sa.String(16), ""),
            ("note", sa.Text(), ""),
            ("looked_at", sa.Boolean(), sa.false()),
            ("reports", sa.Integer(), "0"),
        ):
            table.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        table.drop_constraint(op.f(STATES), type_="check")
        table.create_check_constraint(
            op.f(STATES), "state IN ('shown', 'held', 'hidden', 'removed', 'withdrawn')"
        )


def _no_defaults(name: str, columns: tuple[str, ...]) -> None:
    """Rows that were there got a value; new ones get theirs from the program."""
    with op.batch_alter_table(name) as table:
        for column in columns:
            table.alter_column(column, server_default=None)


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("post_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("concern", sa.String(16), nullable=False),
    )


def _deeds() -> None:
    op.create_table(
        "deed",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), index=True, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("post_id", KEY),
        sa.Column("seat_id", KEY),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id")),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
