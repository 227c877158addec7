"""Programmes of several workshops, and ideas that are carried from one to the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONCE = "uq_post_workshop_id_carried_id"
FROM = "fk_post_carried_id"
PART_OF = "fk_workshop_programme_id"


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("account_id", KEY, sa.ForeignKey("account.id"), index=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    with op.batch_alter_table("workshop") as workshop:
        workshop.add_column(sa.Column("programme_id", KEY))
        workshop.create_foreign_key(op.f(PART_OF), "programme", ["programme_id"], ["id"])
        workshop.create_index("ix_workshop_programme_id", ["programme_id"])
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("carried_id", KEY))
        post.add_column(sa.Column("origin", sa.Text()))
        post.create_foreign_key(op.f(FROM), "post", ["carried_id"], ["id"])
    op.execute("UPDATE post SET origin = ''")
    with op.batch_alter_table("post") as post:
        post.alter_column("origin", existing_type=sa.Text(), nullable=False)
        post.create_unique_constraint(op.f(ONCE), ["workshop_id", "carried_id"])
        post.create_index("ix_post_carried_id", ["carried_id"])


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_index("ix_post_carried_id")
        post.drop_constraint(op.f(ONCE), type_="unique")
        post.drop_constraint(op.f(FROM), type_="foreignkey")
        post.drop_column("origin")
        post.drop_column("carried_id")
    with op.batch_alter_table("workshop") as workshop:
        workshop.drop_index("ix_workshop_programme_id")
        workshop.drop_constraint(op.f(PART_OF), type_="foreignkey")
        workshop.drop_column("programme_id")
    op.drop_table("programme")
