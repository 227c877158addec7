"""Co-facilitators, who leads a room, links that work once for one room, and who has spoken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "'facilitator', 'leader', 'administrator'"


def upgrade() -> None:
    op.add_column("workshop", sa.Column("lead_id", KEY))
    for table in ("account", "pass"):
        _roles(table, "'facilitator', 'cofacilitator', 'leader', 'administrator'")
    op.create_table(
        "host",
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_host_account_id", "host", ["account_id"])
    op.create_table(
        "host_link",
        sa.Column("id", KEY, primary_key=True, autoincrement=True),
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id")),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.CheckConstraint("kind IN ('cohost', 'remote')", name="kind_known"),
    )
    op.create_index("ix_host_link_workshop_id", "host_link", ["workshop_id"])
    _speaking()


def _speaking() -> None:
    op.create_table(
        "speaking",
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("group", sa.String(16), primary_key=True),
        sa.Column("ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('citizen', 'staff', 'partner', 'watching')", name="group_known"
        ),
    )
    op.add_column("workshop", sa.Column("speaker", sa.String(16)))
    op.add_column("workshop", sa.Column("speaking_since", sa.BigInteger()))


def downgrade() -> None:
    op.drop_table("speaking")
    op.drop_table("host_link")
    op.drop_table("host")
    op.execute("UPDATE account SET role = 'facilitator' WHERE role = 'cofacilitator'")
    op.execute("DELETE FROM pass WHERE role = 'cofacilitator'")
    for table in ("account", "pass"):
        _roles(table, BEFORE)
    with op.batch_alter_table("workshop") as workshop:
        for column in ("speaking_since", "speaker", "lead_id"):
            workshop.drop_column(column)


def _roles(table: str, known: str) -> None:
    name = op.f(f"ck_{table}_role_known")
    with op.batch_alter_table(table) as altered:
        altered.drop_constraint(name, type_="check")
        altered.create_check_constraint(name, f"role IN ({known})")
