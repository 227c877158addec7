"""Hands: people without any device vote by raising a hand, and the facilitator counts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.paper import hands, takes_sheets
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import HandCount, Post, Round


def count_hands(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    round_id: int,
    counted: Mapping[tuple[int, str], int],
) -> Change:
    """Keep how many hands of each group went up for each idea: (idea, group) -> hands.

    What was counted before in this round is replaced. Hands never join a ballot or a total.

    Raises:
        Refused: `hands_range`, `sheet_late` once the counts were shown, `not_found`.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    takes_sheets(row.state)
    ideas = set(db.scalars(select(Post.id).where(Post.workshop_id == room.id, Post.kind == "idea")))
    if any(idea not in ideas or group not in VOICES for idea, group in counted):
        raise Refused("not_found")
    db.execute(delete(HandCount).where(HandCount.round_id == row.id))
    db.add_all(
        HandCount(round_id=row.id, idea_id=idea, group=group, people=people)
        for (idea, group), told in counted.items()
        if (people := hands(told))
    )
    return Change(room.id, record(db, room, "hands.counted", now, row.id))
