"""The ballots of a secret round: handed to the count once, and forgotten at the seal."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workshop.rules.voting import Ballot, RoundRule
from workshop.rules.voting.merged import on_cards
from workshop.storage.cards import cards_of
from workshop.storage.models import Elector, Round, SecretBallot


def ballots(db: Session, row: Round, rule: RoundRule, ideas: Collection[int]) -> list[Ballot]:
    """Every ballot of a secret round that is not sealed yet, its marks on these cards alone.

    A mark that was cast for an idea counts for the card that the idea stands in now, as it does in
    an open vote.
    """
    cards = {idea: card for idea, card in cards_of(db, row.workshop_id).items() if card in ideas}
    rows = db.scalars(
        select(SecretBallot).where(SecretBallot.round_id == row.id).order_by(SecretBallot.key)
    )
    return [
        Ballot(
            one.key,
            one.group,
            on_cards(rule, {int(idea): mark for idea, mark in one.marks.items()}, cards),
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
