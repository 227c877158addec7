"""Sealed ballots stand in a ledger, as a chain, and no longer say whose they are.

Rounds that were revealed before get their lines now. Going down keeps the chain nowhere, and does
not bring back who cast which ballot: that was destroyed.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "kind IN ('opened', 'ballot', 'sealed')"
NAMES = "workshop_id", "number", "round_id", "kind", "content", "salt", "committed", "head"
Lines = list[tuple[int, str, dict[str, Any]]]


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("workshop_id", KEY, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("number", KEY, primary_key=True),
        sa.Column("round_id", KEY, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("content", sa.Text()),
        sa.Column("salt", sa.String(32)),
        sa.Column("committed", sa.String(64), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_ledger_kind_known")),
    )
    op.create_index("ix_ledger_round_id", "ledger", ["round_id"])
    for workshop, lines in _told().items():
        _write(workshop, lines)
    with op.batch_alter_table("purse") as table:
        table.drop_column("counted_as")


def downgrade() -> None:
    with op.batch_alter_table("purse") as table:
        table.add_column(sa.Column("counted_as", sa.String(16)))
    op.drop_index("ix_ledger_round_id", "ledger")
    op.drop_table("ledger")


def _rows(query: str, **given: int) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query), given).mappings())


def _told() -> dict[int, Lines]:
    """The lines of each workshop: each round as it opened, and its ballots where it is sealed."""
    told: dict[int, Lines] = defaultdict(list)
    for row in _rows("SELECT * FROM round ORDER BY id"):
        rule = {name: row[name] for name in ("method", "budget", "cap", "seed")}
        opened = {"round": row["id"], **rule, "quadratic": bool(row["quadratic"])}
        told[row["workshop_id"]].append((row["id"], "opened", opened))
        if row["revealed_at"] is not None:
            told[row["workshop_id"]] += _sealed(row)
    return told


def _sealed(row: Any) -> Lines:  # noqa: ANN401 - a row of any table
    result = json.loads(row["result"]) if isinstance(row["result"], str) else row["result"]
    ballots = _ballots(row["id"], {line["idea"] for line in result["standings"]})
    secrets.SystemRandom().shuffle(ballots)
    short = ("rule_name", "rule_version", "seed", "ballots")
    summary = {"round": row["id"], **{name: result.get(name) for name in short}}
    summary["standings"] = [
        {name: line[name] for name in ("idea", "place", "tied", "score")}
        for line in result["standings"]
    ]
    for query in (
        "DELETE FROM mark_device WHERE round_id = :round",
        "DELETE FROM mark WHERE round_id = :round",
        "UPDATE purse SET used = 0 WHERE round_id = :round",
    ):
        op.get_bind().execute(sa.text(query), {"round": row["id"]})
    return [
        *((row["id"], "ballot", ballot) for ballot in ballots),
        (row["id"], "sealed", summary),
    ]


def _ballots(round_id: int, ideas: set[int]) -> list[dict[str, Any]]:
    """Every ballot; where a group has fewer than five, all are "others"."""
    marks: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for row in _rows(
        "SELECT m.seat_id, p.counted_as, m.idea_id, m.value FROM mark m JOIN purse p"
        " ON p.round_id = m.round_id AND p.seat_id = m.seat_id"
        " WHERE m.round_id = :round AND m.value IS NOT NULL AND p.counted_as IS NOT NULL",
        round=round_id,
    ):
        given = marks[row["seat_id"], row["counted_as"]]
        if row["idea_id"] in ideas:
            given[str(row["idea_id"])] = row["value"]
    groups = [group for _, group in marks]
    small = any(groups.count(group) < 5 for group in groups)
    return [
        {"group": "others" if small else group, "marks": given}
        for (_, group), given in marks.items()
    ]


def _write(workshop: int, lines: Lines) -> None:
    head = "0" * 64
    for number, (round_id, kind, content) in enumerate(lines, 1):
        written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        salt = secrets.token_hex(16)
        committed = sha256(f"{salt}\n{written}".encode()).hexdigest()
        head = sha256(f"{head}\n{number}\n{kind}\n{committed}".encode()).hexdigest()
        values = (workshop, number, round_id, kind, written, salt, committed, head)
        op.get_bind().execute(
            sa.text(f"INSERT INTO ledger ({', '.join(NAMES)}) VALUES (:{', :'.join(NAMES)})"),  # noqa: S608 - names of our own
            dict(zip(NAMES, values, strict=True)),
        )
