"""Hands: people without any device vote by raising a hand, and the facilitator counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.paper import hands, takes_sheets
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.cards import cards_of, hands_of
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

    What was counted before in this round is replaced, but for a card whose count says nothing new:
    what was counted for the ideas in it stays apart, so that they can still be taken out. Hands
    never join a ballot or a total.

    Raises:
        Refused: `hands_range`, `sheet_late` once the counts were shown, `not_found`.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    takes_sheets(row.state)
    stands_in = _stands_in(db, room.id)
    if any(idea not in stands_in or group not in VOICES for idea, group in counted):
        raise Refused("not_found")
    told = {key: people for key, many in counted.items() if (people := hands(many))}
    as_before = _as_before(db, row.id, stands_in, told)
    # What is off the table stands on no form, so that nothing is said of it.
    asked = cards_of(db, room.id).keys() | {idea for idea, _ in counted}
    again = [idea for idea in asked if stands_in[idea] not in as_before]
    db.execute(delete(HandCount).where(HandCount.round_id == row.id, HandCount.idea_id.in_(again)))
    db.add_all(
        HandCount(round_id=row.id, idea_id=idea, group=group, people=people)
        for (idea, group), people in told.items()
        if stands_in[idea] not in as_before
    )
    return Change(room.id, record(db, room, "hands.counted", now, row.id))


def _stands_in(db: Session, workshop_id: int) -> dict[int, int]:
    """Every idea of a room -> the card it stands in, which may be itself."""
    ideas = select(Post.id, func.coalesce(Post.top_id, Post.id))
    here = (Post.workshop_id == workshop_id, Post.kind == "idea")
    return dict(db.execute(ideas.where(*here)).all())


def _as_before(
    db: Session, round_id: int, stands_in: Mapping[int, int], told: Mapping[tuple[int, str], int]
) -> set[int]:
    """The cards of which is told, as one, just what stands for them already."""
    parts = {stands_in[idea] for idea, _ in told if stands_in[idea] != idea}
    new: dict[int, dict[str, int]] = defaultdict(dict)
    for (idea, group), people in told.items():
        new[stands_in[idea]][group] = people
    same = {card for card, found in hands_of(db, round_id).items() if found.people == new[card]}
    return same - parts
