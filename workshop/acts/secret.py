"""The ballots of a secret round: handed to the count once, and forgotten at the seal."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workshop.rules.voting import Ballot
from workshop.storage.models import Elector, Round, SecretBallot


def ballots(db: Session, row: Round, ideas: Collection[int]) -> list[Ballot]:
    """Every ballot of a secret round that is not sealed yet, its marks on these ideas alone."""
    rows = db.scalars(
        select(SecretBallot).where(SecretBallot.round_id == row.id).order_by(SecretBallot.key)
    )
    return [
        Ballot(
            one.key,
            one.group,
            {int(idea): mark for idea, mark in one.marks.items() if int(idea) in ideas},
        )
        for one in rows
    ]


def forget(db: Session, row: Round) -> None:
    """The seal: the ballots stand in the ledger, and the key to who sent what is destroyed."""
    row.secret_key = None
    db.execute(
        update(Elector)
        .where(Elector.round_id == row.id)
        .values(command=None)
        .execution_options(synchronize_session=False)
    )
    db.execute(
        delete(SecretBallot)
        .where(SecretBallot.round_id == row.id)
        .execution_options(synchronize_session=False)
    )
