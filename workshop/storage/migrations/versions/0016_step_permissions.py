"""Who may write and vote at a step, how phones show it, and steps that were taken out of a plan.

Everybody could do everything before, and phones showed what they show now. A step without a
position has no place below this version, so going down throws away what was taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

GROUPS: Final = (
    "'', 'citizen', 'staff', 'partner', 'citizen staff', 'citizen partner', 'staff partner',"
    " 'citizen staff partner'"
)
ADDED: Final[Mapping[str, tuple[int, str]]] = {
    "posters": (32, GROUPS),
    "voters": (32, GROUPS),
    "view": (16, "'list', 'themes', 'own'"),
}


def upgrade() -> None:
    with op.batch_alter_table("step") as step:
        step.alter_column("position", existing_type=sa.Integer(), nullable=True)
        for name, (length, _) in ADDED.items():
            step.add_column(sa.Column(name, sa.String(length)))
    op.execute(
        "UPDATE step SET posters = 'citizen staff partner', voters = 'citizen staff partner'"
    )
    op.execute("UPDATE step SET view = CASE phase WHEN 'themes' THEN 'themes' ELSE 'list' END")
    with op.batch_alter_table("step") as step:
        for name, (length, known) in ADDED.items():
            step.alter_column(name, existing_type=sa.String(length), nullable=False)
            step.create_check_constraint(op.f(f"ck_step_{name}_known"), f"{name} IN ({known})")


def downgrade() -> None:
    op.execute("DELETE FROM step WHERE position IS NULL")
    with op.batch_alter_table("step") as step:
        for name in ADDED:
            step.drop_constraint(op.f(f"ck_step_{name}_known"), type_="check")
            step.drop_column(name)
        step.alter_column("position", existing_type=sa.Integer(), nullable=False)
