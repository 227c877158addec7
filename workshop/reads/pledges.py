"""What came of the promises that people took home: each person's own, and counts by group."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.rules.pledges import Kept, by_group
from workshop.storage.models import Contribution, PledgeAnswer, Post, Seat, Step


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person said of their own promise: a key of `OUTCOMES`, and what helped."""

    outcome: str
    helped: str


@dataclass(frozen=True, slots=True)
class PledgesCard:
    """The promises of a room, and what came of them.

    Attributes:
        promised: how many promises stand; `answered` how many of them were told of.
        groups: the answers by group, small groups folded; () while they are too few.
    """

    promised: int
    answered: int
    groups: tuple[Kept, ...]


def own_answers(db: Session, numbers: Collection[int]) -> dict[int, Answered]:
    """What was answered of these promises."""
    rows = db.scalars(select(PledgeAnswer).where(PledgeAnswer.post_id.in_(numbers)))
    return {row.post_id: Answered(row.outcome, row.helped) for row in rows}


def pledges_card(db: Session, workshop_id: int) -> PledgesCard:
    """Count the promises of a room."""
    standing = (Post.workshop_id == workshop_id, Post.kind == "pledge", Post.state == "shown")
    promised = db.scalar(select(func.count()).select_from(Post).where(*standing)) or 0
    rows = db.execute(
        select(Post.group, PledgeAnswer.outcome, func.count())
        .join(PledgeAnswer, PledgeAnswer.post_id == Post.id)
        .where(*standing)
        .group_by(Post.group, PledgeAnswer.outcome)
    )
    tally = {(group, outcome): count for group, outcome, count in rows}
    groups = by_group(tally, _people(db, workshop_id))
    return PledgesCard(promised, sum(tally.values()), groups)


def what_helped(db: Session, workshop_id: int) -> tuple[str, ...]:
    """What people said helped, for the facilitator: without a group, and in no order of time."""
    rows = db.scalars(
        select(PledgeAnswer.helped)
        .join(Post, Post.id == PledgeAnswer.post_id)
        .where(Post.workshop_id == workshop_id, Post.state == "shown", PledgeAnswer.helped != "")
    )
    return tuple(sorted(rows, key=str.casefold))


def _people(db: Session, workshop_id: int) -> dict[str, int]:
    """How many people of each group made a promise; never which."""
    rows = db.execute(
        select(Seat.group, func.count(Seat.id.distinct()))
        .join(Contribution, Contribution.seat_id == Seat.id)
        .join(Step, Step.id == Contribution.step_id)
        .where(Step.workshop_id == workshop_id, Step.phase == "next")
        .group_by(Seat.group)
    )
    return dict(rows.all())
