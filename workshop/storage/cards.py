"""The cards that ideas became when they were merged, as acts and reads both ask for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workshop.rules.paper import hands_together
from workshop.storage.models import HandCount, Post


@dataclass(frozen=True, slots=True)
class CardHands:
    """The hands for one card: group -> people. `at_least` where they were counted in parts."""

    people: dict[str, int]
    at_least: bool


def cards_of(db: Session, workshop_id: int) -> dict[int, int]:
    """Every idea that a ballot may name -> the card on the table that a mark on it counts for."""
    card = aliased(Post)
    named = (
        select(Post.id, card.id)
        .join(card, card.id == func.coalesce(Post.top_id, Post.id))
        .where(Post.workshop_id == workshop_id, Post.kind == "idea", card.state == "shown")
        .where(Post.state.in_(("shown", "merged")))
    )
    return dict(db.execute(named).all())


def hands_of(db: Session, round_id: int) -> dict[int, CardHands]:
    """The hands that were counted in a round, by the card that each idea stands in now."""
    rows = db.execute(
        select(func.coalesce(Post.top_id, Post.id), Post.id, HandCount.group, HandCount.people)
        .join(HandCount, HandCount.idea_id == Post.id)
        .where(HandCount.round_id == round_id)
        .order_by(Post.id, HandCount.group)
    )
    counted: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for card, idea, group, people in rows:
        counted[card][idea][group] = people
    return {
        card: CardHands(hands_together(parts.values()), at_least=len(parts) > 1)
        for card, parts in sorted(counted.items())
    }
