"""An idea becomes a backlog item, and what is known of it is written down."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.items import day_of, item_of, not_overtaken, told, words_of
from workshop.acts.lineage import trace
from workshop.acts.needs import needs_of_idea
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.backlog import FACETS, headline
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import ItemFacts
from workshop.rules.scoring.savings import FIRST
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Assessment, Item, Post, Round, Score

FACTS: Final = {
    "owner": "title",
    "reach": "title",
    "next_test": "condition",
    "savings": "condition",
    "worse_off": "better_for",
    "remedy": "mitigation",
}
"""The facts that are written in words, each with the line of `LIMITS` that bounds it."""


def promote(db: Session, *, now: int, workshop_id: int, idea_id: int, round_id: int) -> Change:
    """Take an idea into the backlog with all that led to it; a second time changes nothing.

    The answer carries the item's number.

    Raises:
        Refused: `not_found`, or `not_revealed` until the room has seen the counts.
    """
    room = enter(db, workshop_id)
    known = db.scalar(select(Item.id).where(Item.idea_id == idea_id, Item.workshop_id == room.id))
    if known is not None:
        return Change(room.id, room.seq, {"item": known})
    idea = db.get(Post, idea_id, populate_existing=True)
    row = db.get(Round, round_id, populate_existing=True)
    if idea is None or idea.workshop_id != room.id or (idea.kind, idea.state) != ("idea", "shown"):
        raise Refused("not_found")
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    item = Item(
        workshop_id=room.id,
        idea_id=idea.id,
        title=headline(idea.text),
        lineage=trace(db, room, idea, row),
        answer_by=room.answer_by,
        created_at=now,
    )
    db.add(item)
    db.flush()
    needs_of_idea(db, item, idea)
    return told(db, room, item, "promoted", now)


def edit_item(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    title: str,
    effort: float | None = None,
    evidence: int = 0,
    reversible: str = "months",
    facet: str = "enhancement",
    unlawful: bool = False,
    answer_by: str | None = None,
    seen: int | None = None,
    **words: str,
) -> Change:
    """Say anew what is known of an item. What is left out of `words` (see `FACTS`) is emptied.

    Args:
        effort: person-months.
        answer_by: the day by which leaders promise an answer, as in "2026-01-16".
        seen: the last change (a number of `ItemMoment`) that the person had in front of them.

    Raises:
        Refused: `overtaken` where somebody else was quicker, `outcome_first` for savings before
            anybody has scored what gets better, `bad_effort`, `bad_date`, `unknown_choice`, ...
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    not_overtaken(db, item, "edited", seen)
    ItemFacts(evidence, reversible, effort=effort)
    if facet not in FACETS:
        raise Refused("unknown_choice")
    for name, value in _facts(db, item, words).items():
        setattr(item, name, value)
    item.title = clean(title, LIMITS["title"])
    item.effort, item.evidence, item.reversible = effort, evidence, reversible
    item.facet, item.unlawful, item.answer_by = facet, unlawful, day_of(answer_by)
    return told(db, room, item, "edited", now)


def set_owner(
    db: Session, *, now: int, workshop_id: int, item_id: int, owner: str, seen: int | None = None
) -> Change:
    """Name who owns an item, and leave all else as it is; the same name again changes nothing.

    `seen` is as in `edit_item`.

    Raises:
        Refused: `overtaken`, `empty`, `too_long`.
    """
    return _set(db, now, workshop_id, item_id, "owner", clean(owner, LIMITS["title"]), seen)


def set_answer_by(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    answer_by: str,
    seen: int | None = None,
) -> Change:
    """Promise an answer by a day, and leave all else as it is.

    Raises:
        Refused: `overtaken`, `day_needed`, `bad_date`.
    """
    day = day_of(answer_by)
    if day is None:
        raise Refused("day_needed")
    return _set(db, now, workshop_id, item_id, "answer_by", day, seen)


def _set(
    db: Session, now: int, workshop_id: int, item_id: int, name: str, value: str, seen: int | None
) -> Change:
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    not_overtaken(db, item, "edited", seen)
    if getattr(item, name) == value:
        return Change(room.id, room.seq, {"item": item.id})
    setattr(item, name, value)
    return told(db, room, item, "edited", now)


def _facts(db: Session, item: Item, words: dict[str, str]) -> dict[str, str]:
    """The facts in words as they are stored; money may be told only after the outcome."""
    if words.keys() - FACTS.keys():
        raise TypeError(f"an item has no {sorted(words.keys() - FACTS.keys())}")
    facts = {name: words_of(words.get(name, ""), limit) for name, limit in FACTS.items()}
    # What came along with a file was told after the outcome there; it may stay as it is.
    if facts["savings"] not in {"", item.savings} and not _outcome_answered(db, item):
        raise Refused("outcome_first")
    return facts


def _outcome_answered(db: Session, item: Item) -> bool:
    found = db.scalar(
        select(Score.assessment_id)
        .join(Assessment, Assessment.id == Score.assessment_id)
        .where(Assessment.item_id == item.id, Score.criterion == FIRST)
        .limit(1)
    )
    return found is not None
