"""Writing the ledger: one line when a round opens, and all of its ballots at the seal."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workshop.rules.fairness.folding import folding
from workshop.rules.ledger import NOTHING_BEFORE, canonical, commitment, link
from workshop.rules.voting import Ballot
from workshop.storage.models import Line, Round

RULE: Final = ("method", "budget", "cap", "quadratic", "secret", "seed")


def append(db: Session, row: Round, kind: str, contents: Sequence[dict[str, Any]]) -> None:
    """Write lines of one kind about a round at the end of its workshop's chain."""
    last = db.scalar(
        select(Line)
        .where(Line.workshop_id == row.workshop_id)
        .order_by(Line.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    number, head = (last.number, last.head) if last else (0, NOTHING_BEFORE)
    lines: list[dict[str, Any]] = []
    for content in contents:
        number += 1
        written, salt = canonical(content), secrets.token_hex(16)
        committed = commitment(written, salt)
        head = link(head, number, kind, committed)
        lines.append(
            {
                "workshop_id": row.workshop_id,
                "number": number,
                "round_id": row.id,
                "kind": kind,
                "content": written,
                "salt": salt,
                "committed": committed,
                "head": head,
            }
        )
    if lines:
        db.execute(insert(Line), lines)


def opened(db: Session, row: Round) -> None:
    """A round begins: its rule and its seed are bound before the first vote."""
    db.flush()
    rule = {name: getattr(row, name) for name in RULE}
    append(db, row, "opened", [{"round": row.id, **rule}])


def ruled(db: Session, row: Round) -> None:
    """The rule changed before the first vote, or all got more votes: the last such line counts."""
    db.flush()
    rule = {name: getattr(row, name) for name in RULE}
    append(db, row, "ruled", [{"round": row.id, **rule}])


def sealed(db: Session, row: Round, ballots: Sequence[Ballot], summary: dict[str, Any]) -> None:
    """A round ends: its ballots, shuffled, and the count that was made of them.

    Groups of fewer than five voters are called "others" in the ballots.
    """
    names = folding(Counter(ballot.group for ballot in ballots))
    shuffled = [as_content(replace(ballot, group=names[ballot.group])) for ballot in ballots]
    secrets.SystemRandom().shuffle(shuffled)
    append(db, row, "ballot", shuffled)
    append(db, row, "sealed", [{"round": row.id, **summary}])


def as_content(ballot: Ballot) -> dict[str, Any]:
    """A ballot without its voter, as plain JSON values."""
    content: dict[str, Any] = {
        "group": ballot.group,
        "marks": {str(idea): mark for idea, mark in sorted(ballot.marks.items())},
    }
    return {**content, "pairs": [list(pair) for pair in ballot.pairs]} if ballot.pairs else content
