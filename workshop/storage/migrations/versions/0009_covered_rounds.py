"""A round whose counts were shown may be covered, and no longer closed and opened again.

A round that was revealed once and is closed has its counts covered: what the room was shown stands.
One that has been opened again since takes marks now, so its earlier tally is forgotten.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ck_round_state_known"


def upgrade() -> None:
    _states("'open', 'closed', 'revealed', 'covered'")
    op.execute("UPDATE round SET state = 'covered' WHERE state = 'closed' AND revealed_at > 0")
    op.execute("UPDATE round SET result = NULL, revealed_at = NULL WHERE state = 'open'")


def downgrade() -> None:
    op.execute("UPDATE round SET state = 'closed' WHERE state = 'covered'")
    _states("'open', 'closed', 'revealed'")


def _states(known: str) -> None:
    with op.batch_alter_table("round") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), f"state IN ({known})")
