"""The portfolio page in parts: shelves of advice, the map, who waits, and bold bets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workshop.reads.item_card import ItemCard
from workshop.rules.scoring.map import Map, Mark, draw_map
from workshop.rules.scoring.plane import DESK, PHONE, Frame
from workshop.rules.scoring.portfolio import ADVICE, DEFAULTS, Thresholds

WAITING_SHOWN: Final = 6
"""How many open promises stand beside the map; the list below holds them all."""

MAPS_KEPT: Final = 64
"""How many drawn maps are kept, for the parts of the backlog that people look at again."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Items of one class of advice, "" for those that nobody has scored."""

    advice: str
    cards: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the page shows of the items that were asked for.

    Attributes:
        maps: the same map for a desk and for a phone.
        by_key: the cards by the key the map knows them by.
        waiting: open promises, the longest overdue first; `late` counts the overdue.
        bets: bold bets, each to stand beside the test that would make it safer.
    """

    cards: tuple[ItemCard, ...]
    shelves: tuple[Shelf, ...]
    maps: Mapping[str, Map]
    by_key: Mapping[str, ItemCard]
    waiting: tuple[ItemCard, ...]
    late: int
    bets: tuple[ItemCard, ...]

    @property
    def workshops(self) -> int:
        """How many workshops the items came from."""
        return len({card.workshop_id for card in self.cards})

    @property
    def most_votes(self) -> int:
        """The length of the longest bar; never 0."""
        return max([1, *(sum(card.votes.values()) for card in self.cards)])


def portfolio(cards: Sequence[ItemCard], lines: Thresholds = DEFAULTS) -> Portfolio:
    """Arrange items, given in the order of the list; `lines` are those that the map shows."""
    scored = [card for card in cards if card.appraisal]
    marks = tuple(mark for card in scored if (mark := _mark(card)))
    waiting = sorted((card for card in cards if card.promise.waits), key=_urgency)
    return Portfolio(
        cards=tuple(cards),
        shelves=shelves(cards),
        maps={"desk": _drawn(marks, lines, DESK), "phone": _drawn(marks, lines, PHONE)},
        by_key={str(card.id): card for card in scored},
        waiting=tuple(waiting[:WAITING_SHOWN]),
        late=sum(card.promise.is_late for card in waiting),
        bets=tuple(card for card in scored if card.advice == "bold"),
    )


@lru_cache(maxsize=MAPS_KEPT)
def _drawn(marks: tuple[Mark, ...], lines: Thresholds, frame: Frame) -> Map:
    """The map of these marks. Finding a free place for every label is the slow part of the page."""
    return draw_map(marks, lines, frame)


def _urgency(card: ItemCard) -> tuple[str, int]:
    """By the day promised; what is overdue comes first by itself."""
    return (card.promise.due.isoformat() if card.promise.due else "", card.id)


def shelves(cards: Sequence[ItemCard]) -> tuple[Shelf, ...]:
    """Items by class of advice, in the order of the list; those nobody has scored come last."""
    found = ((key, tuple(card for card in cards if card.advice == key)) for key in (*ADVICE, ""))
    return tuple(Shelf(key, members) for key, members in found if members)


def _mark(card: ItemCard) -> Mark | None:
    if card.appraisal is None:
        return None
    outlook = card.appraisal.outlook
    return Mark(
        key=str(card.id),
        code=card.code,
        advice=card.advice,
        short=card.title,
        reward=outlook.reward,
        risk=outlook.risk,
        effort=card.effort,
    )
