"""You said, we did: what became of what people said, in words for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.storage.models import Decision, Item, Outcome, Workshop


@dataclass(frozen=True, slots=True)
class PublishedCard:
    """One answer to something people said.

    Attributes:
        said: the problem in the words of whoever posted it, or the idea where there is none.
        told: what was done, or the reason of the newest answer.
        conditions, change_mind: the terms of that answer, each "" where nobody said any.
        answer: a key of `rules.backlog.ANSWERS`, or None where no leader has answered.
        done: whether it is done, so that it may be told in the past tense.
        at: when this was told, in milliseconds since 1970.
    """

    item_id: int
    slug: str
    workshop: str
    service: str
    said: str
    told: str
    conditions: str
    change_mind: str
    answer: str | None
    done: bool
    at: int


def latest(db: Session, n: int) -> tuple[PublishedCard, ...]:
    """The `n` latest answers over all workshops, newest first."""
    told: dict[int, PublishedCard] = {}
    for item, room, decision in _decided(db, n):
        told[item.id] = _card(item, room, decision, None)
    for item, room, outcome in _happened(db, n):
        answered = told.get(item.id)
        card = _card(item, room, None, outcome)
        if answered is None or answered.at <= card.at:
            told[item.id] = card
    return tuple(sorted(told.values(), key=lambda card: card.at, reverse=True)[:n])


def _decided(db: Session, n: int) -> list[tuple[Item, Workshop, Decision]]:
    """Items by their newest decision."""
    newest = select(func.max(Decision.id)).group_by(Decision.item_id)
    rows = db.execute(
        select(Item, Workshop, Decision)
        .join(Workshop, Workshop.id == Item.workshop_id)
        .join(Decision, Decision.item_id == Item.id)
        .where(Decision.id.in_(newest))
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(n)
    )
    return [(item, room, decision) for item, room, decision in rows]


def _happened(db: Session, n: int) -> list[tuple[Item, Workshop, Outcome]]:
    """Items by the newest news of what was done."""
    newest = select(func.max(Outcome.id)).group_by(Outcome.item_id)
    rows = db.execute(
        select(Item, Workshop, Outcome)
        .join(Workshop, Workshop.id == Item.workshop_id)
        .join(Outcome, Outcome.item_id == Item.id)
        .where(Outcome.id.in_(newest))
        .order_by(Outcome.at.desc(), Outcome.id.desc())
        .limit(n)
    )
    return [(item, room, outcome) for item, room, outcome in rows]


def _card(
    item: Item, room: Workshop, decision: Decision | None, outcome: Outcome | None
) -> PublishedCard:
    problem = item.lineage.get("problem")
    newest = decision or outcome
    return PublishedCard(
        item_id=item.id,
        slug=room.slug,
        workshop=room.title,
        service=room.service,
        said=(problem or item.lineage["idea"])["text"] or item.title,
        told=outcome.text if outcome else decision.reason if decision else "",
        conditions=decision.conditions if decision else "",
        change_mind=decision.change_mind if decision else "",
        answer=decision.answer if decision else None,
        done=outcome.done if outcome else False,
        at=newest.at if newest else 0,
    )
