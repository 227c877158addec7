"""Guardrails of a programme, and small changes that staff made inside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "('words', 'order', 'times', 'welcome', 'tools')"


def _leads(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    op.create_table(
        "guardrail",
        sa.Column("programme_id", KEY, nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("money", "days", "people")),
        sa.Column("never", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _check("guardrail", "sane", "money >= 0 AND days >= 0 AND people >= 0"),
        _leads("guardrail", "programme_id", "programme"),
        _leads("guardrail", "account_id", "account"),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_guardrail")),
    )
    _changes("small_change")


def _changes(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("programme_id", KEY, nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("guest_id", KEY, nullable=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _check(table, "kind_known", f"kind IN {KINDS}"),
        _check(table, "state_known", "state IN ('trying', 'told', 'stopped')"),
        _check(table, "outcome_known", "outcome IN ('', 'keep', 'change', 'drop')"),
        _check(table, "told_with_outcome", "(state = 'told') = (outcome <> '')"),
        _leads(table, "programme_id", "programme"),
        _leads(table, "workshop_id", "workshop"),
        _leads(table, "guest_id", "guest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_change")),
    )
    for column in ("programme_id", "workshop_id", "guest_id"):
        op.create_index(op.f(f"ix_small_change_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("small_change")
    op.drop_table("guardrail")
