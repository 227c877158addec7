"""One backlog item in full: its scores part by part, its risks, its panel and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads.answers import Answer, News, answers, news
from workshop.reads.item_card import ItemCard
from workshop.reads.item_parts import CriterionLine, FactorLine, criteria_lines, factor_lines
from workshop.reads.posts import PostCard
from workshop.reads.progress import DeskSaid, EvidenceCard, Moved, desk_talk, evidence, moves
from workshop.reads.runs import RunCard, newest_run
from workshop.reads.talk import said_of
from workshop.rules.scoring.assessment import HIGHEST, Assessment, Reach
from workshop.rules.scoring.panel import reach_seen, shortfalls
from workshop.rules.scoring.rounds import BOTH, STATES
from workshop.rules.scoring.savings import FIRST, LITTLE_OUTCOME
from workshop.rules.scoring.yardstick import Yardstick
from workshop.storage.models import ItemMoment
from workshop.storage.panel import assessments
from workshop.storage.yardsticks import of_workshop

SHOWN: Final = ("shown",)
"""Comments of the room that the desk reads: those that the room itself can see."""


@dataclass(frozen=True, slots=True)
class Rival:
    """An item next to this one in reward, and P(this one has more reward)."""

    id: int
    code: str
    title: str
    chance: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item's history: `kind` is a key of `ITEM_MOMENTS`, `at` the latest time.

    What happened several times in a row is one line. `moved` is the move at the desk it tells of.
    """

    kind: str
    note: str
    at: int
    times: int
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with everything its page shows; `place` of `among` items in its class.

    `lacking` says what the panel lacks and `scored` how many have scored; both tell no score.
    `yard` is what it is measured by now and `run` the newest run over the portfolio; `rivals` are
    the items next to it in reward. `cut` is whether money is saved and nothing gets better.
    `said` is what people in the room say of the idea, `desk` what is said at the desk alone.
    `last_edit`, `last_answer` and `last_move` number the newest change of each kind, 0 for none:
    whoever saves sends back the one they had in front of them.
    """

    card: ItemCard
    place: int
    among: int
    criteria: tuple[CriterionLine, ...]
    risks: tuple[FactorLine, ...]
    still: tuple[FactorLine, ...]
    lacking: tuple[str, ...]
    scored: int
    reach: Reach | None
    cut: bool
    yard: Yardstick
    run: RunCard | None
    rivals: tuple[Rival, ...]
    answers: tuple[Answer, ...]
    news: tuple[News, ...]
    evidence: tuple[EvidenceCard, ...]
    said: tuple[PostCard, ...]
    desk: tuple[DeskSaid, ...]
    history: tuple[Line, ...]
    last_edit: int
    last_answer: int
    last_move: int


def item_page(db: Session, cards: Sequence[ItemCard], item_id: int, *, now: int) -> ItemPage | None:
    """An item of the backlog that its reader sees (`cards`), or None where it is not in there."""
    card = next((one for one in cards if one.id == item_id), None)
    if card is None:
        return None
    panel = assessments(db, item_id, STATES[card.scoring].counts)
    everybody = assessments(db, item_id, BOTH)
    yard, run = of_workshop(db, card.workshop_id), newest_run(db, now=now)
    same = [one.id for one in cards if one.advice == card.advice]
    return ItemPage(
        card=card,
        place=same.index(card.id) + 1,
        among=len(same),
        criteria=criteria_lines(yard, card, cards, panel),
        risks=factor_lines(yard, (one.risks for one in panel)),
        still=factor_lines(yard, (one.still for one in panel)),
        lacking=shortfalls(everybody),
        scored=len(everybody),
        reach=reach_seen(panel),
        cut=_is_cut(card, panel),
        yard=yard,
        run=run,
        rivals=_rivals(run, card, cards) if run else (),
        answers=tuple(one for _, one in answers(db, [item_id])),
        news=tuple(one for _, one in news(db, [item_id])),
        evidence=evidence(db, item_id),
        said=said_of(db, card.workshop_id, card.lineage["idea"]["id"], SHOWN),
        desk=desk_talk(db, item_id),
        history=_history(db, item_id),
        last_edit=_last(db, item_id, "edited"),
        last_answer=_last(db, item_id, "decided"),
        last_move=_last(db, item_id, "staged"),
    )


def _is_cut(card: ItemCard, panel: Sequence[Assessment]) -> bool:
    """Whether anybody sees money saved while little gets better or a group gets worse."""
    saved = any("savings" in one.scores and one.scores["savings"].likely > 0 for one in panel)
    if not saved or card.appraisal is None:
        return False
    little = card.appraisal.expected.get(FIRST, HIGHEST) <= LITTLE_OUTCOME
    return little or bool(card.worse_off)


def _rivals(run: RunCard, card: ItemCard, cards: Sequence[ItemCard]) -> tuple[Rival, ...]:
    """Those just before and just after it in reward, of the items that its reader sees."""
    seen = {one.id: one for one in cards if one.appraisal}
    order = [number for number in run.items if number in seen]
    if card.id not in order:
        return ()
    at = order.index(card.id)
    near = [order[place] for place in (at - 1, at + 1) if 0 <= place < len(order)]
    return tuple(
        Rival(one, seen[one].code, seen[one].title, run.chance(card.id, one) or 0.0) for one in near
    )


def _history(db: Session, item_id: int) -> tuple[Line, ...]:
    rows = db.scalars(
        select(ItemMoment).where(ItemMoment.item_id == item_id).order_by(ItemMoment.id.desc())
    )
    runs = (list(run) for _, run in groupby(rows, key=lambda row: (row.kind, row.note)))
    moved = {str(one.id): one for _, one in moves(db, [item_id])}
    return tuple(
        Line(run[0].kind, run[0].note, run[0].at, len(run), _moved(run[0], moved)) for run in runs
    )


def _moved(row: ItemMoment, moved: Mapping[str, Moved]) -> Moved | None:
    return moved.get(row.note) if row.kind == "staged" else None


def _last(db: Session, item_id: int, kind: str) -> int:
    last = select(func.max(ItemMoment.id)).where(
        ItemMoment.item_id == item_id, ItemMoment.kind == kind
    )
    return db.scalar(last) or 0
