"""Offers, needs, matches, details that stand apart, guests with a link, and who leads an item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OFFERED = "('skill', 'time', 'room', 'kit', 'data', 'trust')"
NEEDED = "('skill', 'time', 'room', 'kit', 'data', 'trust', 'money', 'other')"
SAYS = "('', 'yes', 'no')"


def _made(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table with a number for its key."""
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _leads(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _short(name: str, length: int = 16) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _known(table: str, column: str, listed: str, quoted: str = "") -> sa.CheckConstraint:
    name = op.f(f"ck_{table}_{column}_known")
    return sa.CheckConstraint(f"{quoted or column} IN {listed}", name=name)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    _made(
        "guest",
        sa.Column("workshop_id", KEY, nullable=False),
        _short("kind"),
        *_words("name"),
        _short("token_hash", 64),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _known("guest", "kind", "('partner', 'staff')"),
        _leads("guest", "workshop_id", "workshop"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_token_hash")),
    )
    op.create_index(op.f("ix_guest_workshop_id"), "guest", ["workshop_id"])
    _offers()
    _needs()
    _made(
        "adoption",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("guest_id", KEY, nullable=False),
        *_words("why"),
        _short("state"),
        *_words("reason"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _known("adoption", "state", "('asked', 'agreed', 'declined', 'ended')"),
        _leads("adoption", "item_id", "item"),
        _leads("adoption", "guest_id", "guest"),
    )
    op.create_index(op.f("ix_adoption_item_id"), "adoption", ["item_id"])
    op.create_index(op.f("ix_adoption_guest_id"), "adoption", ["guest_id"])


def _offers() -> None:
    _made(
        "offer",
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("wide", sa.Boolean(), nullable=False),
        _short("kind"),
        *_words("text"),
        _short("group"),
        sa.Column("guest_id", KEY, nullable=True),
        _short("salt", 32),
        _short("owner", 64),
        _known("offer", "kind", OFFERED),
        _known("offer", "group", "('citizen', 'staff', 'partner')", '"group"'),
        _check("offer", "one_giver", "(guest_id IS NULL) = (owner <> '')"),
        _leads("offer", "workshop_id", "workshop"),
        _leads("offer", "guest_id", "guest"),
    )
    op.create_index(op.f("ix_offer_workshop_id"), "offer", ["workshop_id"])
    op.create_index(op.f("ix_offer_guest_id"), "offer", ["guest_id"])
    _made(
        "contact",
        sa.Column("offer_id", KEY, nullable=True),
        sa.Column("item_id", KEY, nullable=True),
        *_words("name", "reach"),
        _check("contact", "one_side", "(offer_id IS NULL) <> (item_id IS NULL)"),
        _leads("contact", "offer_id", "offer"),
        _leads("contact", "item_id", "item"),
        sa.UniqueConstraint("offer_id", name=op.f("uq_contact_offer_id")),
        sa.UniqueConstraint("item_id", name=op.f("uq_contact_item_id")),
    )


def _needs() -> None:
    """Needs become rows; what was one text with a need a line is taken over line by line."""
    _made(
        "need",
        sa.Column("item_id", KEY, nullable=False),
        _short("kind"),
        *_words("text"),
        sa.Column("from_idea", sa.Boolean(), nullable=False),
        _known("need", "kind", NEEDED),
        _leads("need", "item_id", "item"),
    )
    op.create_index(op.f("ix_need_item_id"), "need", ["item_id"])
    _made(
        "match",
        sa.Column("need_id", KEY, nullable=False),
        sa.Column("offer_id", KEY, nullable=False),
        _short("offer_says"),
        _short("item_says"),
        _known("match", "offer_says", SAYS),
        _known("match", "item_says", SAYS),
        _leads("match", "need_id", "need"),
        _leads("match", "offer_id", "offer"),
        sa.UniqueConstraint("need_id", "offer_id", name=op.f("uq_match_need_id_offer_id")),
    )
    op.create_index(op.f("ix_match_offer_id"), "match", ["offer_id"])
    db = op.get_bind()
    item = sa.table("item", sa.column("id", KEY), sa.column("needs", sa.Text()))
    need = sa.table("need", *(sa.column(name) for name in ("item_id", "kind", "text", "from_idea")))
    for number, told in db.execute(sa.select(item.c.id, item.c.needs)).all():
        for line in filter(None, map(str.strip, told.splitlines())):
            row = {"item_id": number, "kind": "other", "text": line, "from_idea": False}
            db.execute(need.insert().values(row))
    with op.batch_alter_table("item") as table:
        table.drop_column("needs")


def downgrade() -> None:
    with op.batch_alter_table("item") as table:
        table.add_column(sa.Column("needs", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("item") as table:
        table.alter_column("needs", server_default=None)
    for name in ("match", "need", "contact", "offer", "adoption", "guest"):
        op.drop_table(name)
