"""Two private rounds of scoring with talk between, reach, and who owns a mitigation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONCE = "uq_assessment_item_id_assessor_id"
ONCE_A_ROUND = "uq_assessment_item_id_assessor_id_round"
STATES = "state IN ('alone', 'talk', 'again', 'closed')"
REACH = (
    "reach_low IS NULL AND reach_likely IS NULL AND reach_high IS NULL OR "
    "0 <= reach_low AND reach_low <= reach_likely AND reach_likely <= reach_high"
)
UNDOING = "reversible IN ('same_day', 'weeks', 'months', 'hard', 'irreversible')"
NUMBERS = ("reach_low", "reach_likely", "reach_high", "evidence")
CHECKS = {
    "round_known": "round BETWEEN 1 AND 2",
    "reach_in_order": REACH,
    "evidence_level": "evidence IS NULL OR evidence BETWEEN 0 AND 5",
    "reversible_known": UNDOING,
}


def upgrade() -> None:
    op.create_table(
        "scoring",
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("until", sa.String(10)),
        sa.CheckConstraint(STATES, name="state_known"),
    )
    op.create_table(
        "reason",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("item.id"), index=True, nullable=False),
        sa.Column("assessor_id", KEY, sa.ForeignKey("assessor.id")),
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    # What was scored under the rule of one round has been seen: it stays a closed panel.
    op.execute("INSERT INTO scoring SELECT DISTINCT item_id, 'closed', NULL FROM assessment")
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        for name in NUMBERS:
            table.add_column(sa.Column(name, sa.Integer()))
        table.add_column(sa.Column("reversible", sa.String(16)))
    with op.batch_alter_table("assessment") as table:
        table.alter_column("round", existing_type=sa.Integer(), server_default=None)
        table.drop_constraint(op.f(ONCE), type_="unique")
        table.create_unique_constraint(op.f(ONCE_A_ROUND), ["item_id", "assessor_id", "round"])
        for name, condition in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_assessment_{name}"), condition)
    with op.batch_alter_table("risk_score") as table:
        table.add_column(sa.Column("owner", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("risk_score") as table:
        table.alter_column("owner", existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("risk_score") as table:
        table.drop_column("owner")
    for name in ("score", "risk_score"):
        op.execute(
            f"DELETE FROM {name} WHERE assessment_id IN (SELECT id FROM assessment WHERE round = 2)"  # noqa: S608 - our own names
        )
    op.execute("DELETE FROM assessment WHERE round = 2")
    with op.batch_alter_table("assessment") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_assessment_{name}"), type_="check")
        table.drop_constraint(op.f(ONCE_A_ROUND), type_="unique")
        table.create_unique_constraint(op.f(ONCE), ["item_id", "assessor_id"])
    with op.batch_alter_table("assessment") as table:
        for name in ("round", *NUMBERS, "reversible"):
            table.drop_column(name)
    op.drop_table("reason")
    op.drop_table("scoring")
