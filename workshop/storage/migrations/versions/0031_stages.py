"""How a backlog item goes on: its moves, its tests and pilots, its evidence, the talk of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAGES = "('candidate', 'assessed', 'testing', 'pilot', 'adopted', 'stopped', 'parked')"


def _made(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table about an item, with its number and key."""
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f(f"fk_{name}_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_item_id"), name, ["item_id"])


def _known(table: str, column: str, listed: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {listed}", name=op.f(f"ck_{table}_{column}_known"))


def upgrade() -> None:
    _made(
        "stage_move",
        sa.Column("was", sa.String(16), nullable=False),
        sa.Column("now", sa.String(16), nullable=False),
        sa.Column("cause", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.String(10), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _known("stage_move", "was", STAGES),
        _known("stage_move", "now", STAGES),
        _known("stage_move", "cause", "('desk', 'scored', 'answer', 'done')"),
    )
    _trials()
    _known_of_items()


def _trials() -> None:
    words = ("what", "place", "who", "works_if", "stop_if")
    _made(
        "trial",
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        sa.Column("begins_on", sa.String(10), nullable=True),
        sa.Column("ends_on", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _known("trial", "kind", "('test', 'pilot')"),
        _known("trial", "outcome", "('', 'worked', 'failed', 'unclear')"),
        sa.CheckConstraint(
            "(outcome = '') = (ended_at IS NULL)", name=op.f("ck_trial_told_when_ended")
        ),
    )


def _known_of_items() -> None:
    _made(
        "evidence",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("strength BETWEEN 0 AND 5", name=op.f("ck_evidence_strength_known")),
    )
    _made(
        "desk_note",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_desk_note_account_id")
        ),
    )


def downgrade() -> None:
    for name in ("desk_note", "evidence", "trial", "stage_move"):
        op.drop_index(op.f(f"ix_{name}_item_id"), name)
        op.drop_table(name)
