"""The backlog as its readers see it: one card for each item, advised and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workshop.reads.adoptions import leaders
from workshop.reads.answers import Answer, News, newest_answers, newest_news
from workshop.reads.item_card import COPIED, ItemCard
from workshop.reads.offers import NeedCard, needs
from workshop.reads.progress import Moved, TrialCard, moves, trials
from workshop.rules.brought import OWN_GATES
from workshop.rules.offers import cover
from workshop.rules.promises import Promise, Tally, promise, tally, today
from workshop.rules.scoring.appraisal import Appraisal, from_stored, gates
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import DEFAULTS, Candidate, Thresholds, place
from workshop.rules.scoring.rounds import State
from workshop.rules.searching import finds
from workshop.rules.stages import ENDED
from workshop.storage.models import Appraisal as Stored
from workshop.storage.models import Item, Workshop
from workshop.storage.panel import facts, states

NOT_SCORED: Final = "none"
"""What stands for a class of advice where an item has none, in the address of a page."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the backlog to show; "" leaves a question open, and all of them must hold.

    Attributes:
        workshop: a workshop by its slug.
        service: a service by its name.
        advice: a key of `ADVICE`, or `NOT_SCORED`.
        stage: a key of `STAGES`.
        q: words to look for in what an item is called, answers, belongs to and who owns it.
    """

    workshop: str = ""
    service: str = ""
    advice: str = ""
    stage: str = ""
    q: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, by name, as it stands in the address of a page."""
        return {name: value for name, value in asdict(self).items() if value}

    def but(self, name: str) -> dict[str, str]:
        """What is left to ask for without one of them."""
        return {key: value for key, value in self.asked.items() if key != name}

    def keep(self, card: ItemCard) -> bool:
        """Whether this item, with its advice, belongs to the part."""
        has = {
            "workshop": card.slug,
            "service": card.service,
            "advice": card.advice or NOT_SCORED,
            "stage": card.stage,
        }
        fits = all(has[name] == value for name, value in self.but("q").items())
        return fits and (not self.q or finds(self.q, *_said(card)))


def _said(card: ItemCard) -> tuple[str, ...]:
    """The words of an item that a search looks through."""
    problem = (card.lineage["problem"] or {}).get("text", "")
    return (card.title, card.wording, problem, card.service, card.owner, card.led_by)


def backlog(
    db: Session,
    *,
    now: int,
    host: int | None = None,
    filters: Filters | None = None,
    lines: Thresholds = DEFAULTS,
) -> tuple[ItemCard, ...]:
    """Every item by class of advice and then by reward; items nobody has scored come last.

    Args:
        now: milliseconds since 1970; it says which promises are late.
        host: the facilitator whose workshops alone are read, or None for all workshops.
        filters: which part to show. Codes do not depend on it.
        lines: the leaders' lines.
    """
    query = select(Item, Workshop).join(Workshop, Workshop.id == Item.workshop_id)
    if host is not None:
        query = query.where(Workshop.facilitator_id == host)
    placed = _placed(_cards(db, query, now), lines)
    return tuple(card for card in placed if filters is None or filters.keep(card))


def of_workshop(db: Session, workshop_id: int, *, now: int) -> tuple[ItemCard, ...]:
    """The items of one workshop, the first promoted first, without advice."""
    query = select(Item, Workshop).join(Workshop, Workshop.id == Item.workshop_id)
    return tuple(_cards(db, query.where(Item.workshop_id == workshop_id), now))


def tallies(db: Session, *, now: int, host: int | None = None) -> dict[int, Tally]:
    """How the answers stand that were promised by a day, for each workshop that promised any."""
    query = select(Item, Workshop).join(Workshop, Workshop.id == Item.workshop_id)
    query = query.where(Item.answer_by.is_not(None))
    if host is not None:
        query = query.where(Workshop.facilitator_id == host)
    found: dict[int, list[Promise]] = {}
    for card in _cards(db, query, now):
        found.setdefault(card.workshop_id, []).append(card.promise)
    return {number: tally(made) for number, made in found.items()}


def visible(db: Session, item_id: int, *, host: int | None = None) -> tuple[int, str] | None:
    """The number and slug of an item's workshop, or None where this reader may not see it."""
    query = select(Workshop.id, Workshop.slug).join(Item, Item.workshop_id == Workshop.id)
    query = query.where(Item.id == item_id)
    if host is not None:
        query = query.where(Workshop.facilitator_id == host)
    found = db.execute(query).first()
    return (found[0], found[1]) if found else None


def _cards(db: Session, query: Select[Item, Workshop], now: int) -> list[ItemCard]:
    rows = db.execute(query.order_by(Item.id)).all()
    told = _Told.of(db, [item.id for item, _ in rows], now)
    return [_card(item, room, told) for item, room in rows]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of many items, each kind read at once, by the number of the item."""

    now: int
    answers: Mapping[int, Answer]
    news: Mapping[int, News]
    moves: Mapping[int, Moved]
    trials: Mapping[int, tuple[TrialCard, ...]]
    scoring: Mapping[int, State]
    appraisals: Mapping[int, tuple[Appraisal, int]]
    needs: Mapping[int, tuple[NeedCard, ...]]
    led_by: Mapping[int, str]

    @classmethod
    def of(cls, db: Session, numbers: Sequence[int], now: int) -> _Told:
        scoring = states(db, numbers, today(now))
        return cls(
            now=now,
            answers=newest_answers(db, numbers),
            news=newest_news(db, numbers),
            moves=dict(moves(db, numbers)),
            trials=trials(db, numbers, now),
            scoring=scoring,
            appraisals=_appraisals(db, [item for item in numbers if scoring[item].counts]),
            needs=needs(db, numbers),
            led_by=leaders(db, numbers),
        )


def _appraisals(db: Session, numbers: Sequence[int]) -> dict[int, tuple[Appraisal, int]]:
    """The numbers of each item that has some, and when they were worked out."""
    rows = db.execute(
        select(Stored.item_id, Stored.numbers, Stored.at).where(Stored.item_id.in_(numbers))
    )
    return {item_id: (from_stored(stored), at) for item_id, stored, at in rows}


def _card(item: Item, room: Workshop, told: _Told) -> ItemCard:
    appraisal, basis = told.appraisals.get(item.id, (None, 0))
    needed = told.needs.get(item.id, ())
    card = ItemCard(
        **{name: getattr(item, name) for name in COPIED},
        workshop_id=room.id,
        slug=room.slug,
        workshop=room.title,
        service=room.service,
        needs=tuple(need.text for need in needed),
        cover=cover([need.is_covered for need in needed]),
        led_by=told.led_by.get(item.id, ""),
        appraisal=appraisal,
        basis=basis,
        gates=_gates(item, appraisal),
        answer=told.answers.get(item.id),
        news=told.news.get(item.id),
        moved=told.moves.get(item.id),
        trials=told.trials.get(item.id, ()),
        promise=Promise("none"),
        scoring=told.scoring[item.id].key,
    )
    return replace(card, promise=_promise(card, told.now))


def _gates(item: Item, appraisal: Appraisal | None) -> tuple[str, ...]:
    """Every gate that is closed; those of a file stay so until somebody scores it here."""
    found = gates(facts(item), appraisal)
    brought = item.lineage.get("brought")
    if brought is None or appraisal is not None:
        return found
    closed = {*found, *(set(brought["gates"]) - OWN_GATES)}
    return tuple(code for code in GATES if code in closed)


def _promise(card: ItemCard, now: int) -> Promise:
    """Where its promise stands. A move at the desk that ends it is an answer too."""
    rests = card.rests_on
    return promise(
        card.answer_by,
        answered=card.answer is not None or card.stage in {*ENDED, "adopted"},
        review_on=rests.review_on if rests else None,
        done=card.is_done or card.stage == "adopted",
        day=today(now),
    )


def _placed(cards: Sequence[ItemCard], lines: Thresholds) -> list[ItemCard]:
    """The cards with class and code, in the order of the list."""
    by_key = {str(card.id): card for card in cards}
    candidates = [
        Candidate(
            key,
            card.appraisal.outlook,
            card.gates,
            card.appraisal.discuss,
            card.effort,
            card.appraisal.lines,
        )
        for key, card in by_key.items()
        if card.appraisal
    ]
    scored = [
        replace(by_key[one.candidate.key], advice=one.advice, code=one.code)
        for one in place(candidates, lines)
    ]
    return [*scored, *(card for card in cards if card.appraisal is None)]
