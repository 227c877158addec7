"""A room at its vote with ideas to merge, over and over again, and what is done in it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.acts.merged import merges, parts
from tests.story import Story
from workshop.acts import merging
from workshop.reads import posts as reading
from workshop.rules.refusals import Refused
from workshop.storage.models import Mark, Purse

IDEAS = 6
PEOPLE = 3
ROOMS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "dots": ("hour", {}),
    "quadratic": ("hour", {"method": "dots", "budget": 9, "cap": 3, "quadratic": True}),
    "approval": ("half-day", {}),
    "score": ("hour", {"method": "score"}),
    "ranked": ("hour", {"method": "ranked"}),
    "sweep": ("sweep", {}),
}
"""Ways of voting: the template of a room, and the rule of its vote where it is another."""


Mark3 = tuple[int, int, int]
MARKS = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1), st.integers(-1, 3))
PAIRS = st.tuples(st.integers(0, IDEAS - 1), st.integers(0, IDEAS - 1))
HISTORY = {"before": st.lists(MARKS, max_size=12), "merges": st.lists(PAIRS, max_size=8)}

careful = settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@dataclass
class Told:
    """A room at its vote, and the same room again for every history that is drawn."""

    story: Story
    file: Path

    def __post_init__(self) -> None:
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self.file)) as raw:
            raw.backup(self._kept)

    def again(self) -> Story:
        with closing(sqlite3.connect(self.file)) as raw:
            self._kept.backup(raw)
        return self.story


def tries_mark(told: Story, mark: Mark3) -> int | None:
    """Try a mark; the person whose it is, where it was taken."""
    person, idea, value = mark
    try:
        told.votes(told.people[person], told.ideas[idea], value)
    except Refused:
        return None
    return person


def tries_merge(told: Story, pair: tuple[int, int]) -> bool:
    try:
        merges(told, told.ideas[pair[0]], told.ideas[pair[1]])
    except Refused:
        return False
    return True


def apart(told: Story, seed: int) -> None:
    """Take everything apart, in an order that is drawn."""
    draw = random.Random(seed)
    while True:
        with told.stage.store.read() as db:
            cards = reading.some(db, told.workshop, told.ideas)
        inside = [card.id for card in cards.values() if card.state == "merged"]
        if not inside:
            return
        if draw.random() < 0.2:
            top = cards[draw.choice(inside)].top_id
            told.do(merging.take_all_out, post_id=top)
        else:
            parts(told, draw.choice(inside))


def sane(told: Story) -> None:
    """I2 and I10: nobody over budget, and what is spent is what is held for marks."""
    with told.stage.store.read() as db:
        held = dict(
            db.execute(select(Mark.seat_id, func.sum(Mark.cost)).group_by(Mark.seat_id)).all()
        )
        for seat, used, cap in db.execute(select(Purse.seat_id, Purse.used, Purse.cap)):
            assert 0 <= used <= cap
            assert used == held.get(seat, 0)
