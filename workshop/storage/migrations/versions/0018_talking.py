"""Questions made of problems, ideas that build on ideas, and what people say about an idea."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "'goal', 'problem', 'idea', 'pledge'"
GROUPS = "'citizen', 'staff', 'partner', 'watching'"


def upgrade() -> None:
    _known(f"{KINDS}, 'question', 'comment'", f"{GROUPS}, 'room'")
    with op.batch_alter_table("post") as table:
        table.add_column(sa.Column("stance", sa.String(16), nullable=False, server_default=""))
        table.add_column(sa.Column("builds_on_id", KEY))
        table.create_foreign_key(op.f("fk_post_builds_on_id"), "post", ["builds_on_id"], ["id"])
        table.create_check_constraint(
            op.f("ck_post_stance_known"), "stance IN ('', 'for', 'concern', 'build')"
        )
    with op.batch_alter_table("post") as table:
        table.alter_column("stance", server_default=None)
    op.create_table(
        "question_source",
        sa.Column("question_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("problem_id", KEY, sa.ForeignKey("post.id"), primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("question_source")
    op.execute(
        "UPDATE post SET answers_id = NULL WHERE kind = 'idea' AND answers_id IN "
        "(SELECT id FROM post WHERE kind = 'question')"
    )
    op.execute("DELETE FROM post WHERE kind IN ('question', 'comment')")
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f("ck_post_stance_known"), type_="check")
        table.drop_constraint(op.f("fk_post_builds_on_id"), type_="foreignkey")
        table.drop_column("builds_on_id")
        table.drop_column("stance")
    _known(KINDS, GROUPS)


def _known(kinds: str, groups: str) -> None:
    with op.batch_alter_table("post") as table:
        table.drop_constraint(op.f("ck_post_kind_known"), type_="check")
        table.drop_constraint(op.f("ck_post_group_known"), type_="check")
        table.create_check_constraint(op.f("ck_post_kind_known"), f"kind IN ({kinds})")
        table.create_check_constraint(op.f("ck_post_group_known"), f'"group" IN ({groups})')
