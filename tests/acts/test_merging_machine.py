"""Merging in any order, over any history: out again is as it was, and no purse is overspent."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from tests.acts.merged import kept, merges, mine, parts
from tests.story import Story, story
from workshop.acts import merging
from workshop.reads import posts as reading
from workshop.reads import voting as votes
from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Mark, Purse
from workshop.storage.store import Store

IDEAS = 6
PEOPLE = 3
ROOMS = {"dots": "hour", "approval": "half-day", "sweep": "sweep"}

Mark3 = tuple[int, int, int]
MARKS = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1), st.integers(-1, 3))
PAIRS = st.tuples(st.integers(0, IDEAS - 1), st.integers(0, IDEAS - 1))
HISTORY = {"before": st.lists(MARKS, max_size=12), "merges": st.lists(PAIRS, max_size=8)}

careful = settings(
    max_examples=15,
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


def _hurried(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="module", params=sorted(ROOMS))
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    file = tmp_path_factory.mktemp("merging") / "room.sqlite3"
    store = Store(f"sqlite:///{file}", gather=0)
    # Nobody cuts the power here, and waiting for the disk is most of the time it takes.
    event.listen(store.engine, "connect", _hurried)
    Base.metadata.create_all(store.engine)
    template = ROOMS[str(request.param)]
    problems = 1 if template == "hour" else 0
    told = story(
        store, people=PEOPLE, problems=problems, ideas=IDEAS, step="vote", template=template
    )
    yield Told(told, file)
    store.close()


def _mark(told: Story, mark: Mark3) -> int | None:
    """Try a mark; the person whose it is, where it was taken."""
    person, idea, value = mark
    try:
        told.votes(told.people[person], told.ideas[idea], value)
    except Refused:
        return None
    return person


def _merge(told: Story, pair: tuple[int, int]) -> bool:
    try:
        merges(told, told.ideas[pair[0]], told.ideas[pair[1]])
    except Refused:
        return False
    return True


def _apart(told: Story, seed: int) -> None:
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


def _sane(told: Story) -> None:
    """I2 and I10: nobody over budget, and what is spent is what is held for marks."""
    with told.stage.store.read() as db:
        held = dict(
            db.execute(select(Mark.seat_id, func.sum(Mark.cost)).group_by(Mark.seat_id)).all()
        )
        for seat, used, cap in db.execute(select(Purse.seat_id, Purse.used, Purse.cap)):
            assert 0 <= used <= cap
            assert used == held.get(seat, 0)


@careful
@given(**HISTORY, seed=st.integers(0, 999))
def test_merging_and_taking_apart_again_changes_nothing(
    room: Told, before: list[Mark3], merges: list[tuple[int, int]], seed: int
) -> None:
    told = room.again()
    for mark in before:
        _mark(told, mark)
    was = kept(told)
    for pair in merges:
        _merge(told, pair)
        _sane(told)
    _apart(told, seed)
    assert kept(told) == was


@careful
@given(**HISTORY, between=st.lists(MARKS, max_size=12), seed=st.integers(0, 999))
def test_votes_between_move_only_what_their_voters_moved(
    room: Told,
    before: list[Mark3],
    merges: list[tuple[int, int]],
    between: list[Mark3],
    seed: int,
) -> None:
    """Whoever did not vote between finds exactly what they gave; nobody is ever overspent."""
    told = room.again()
    for mark in before:
        _mark(told, mark)
    was = [dict(mine(told, person).marks) for person in range(PEOPLE)]
    for pair in merges:
        _merge(told, pair)
    moved = {_mark(told, mark) for mark in between}
    _sane(told)
    _apart(told, seed)
    _sane(told)
    for person in set(range(PEOPLE)) - moved:
        assert dict(mine(told, person).marks) == was[person]


@careful
@given(**HISTORY)
def test_the_reveal_counts_what_everybody_saw_on_their_cards(
    room: Told, before: list[Mark3], merges: list[tuple[int, int]]
) -> None:
    """I3: every voter of what is inside is a voter of the card, once; nothing is held twice."""
    told = room.again()
    for mark in before:
        _mark(told, mark)
    for pair in merges:
        _merge(told, pair)
    shown = [dict(mine(told, person).marks) for person in range(PEOPLE)]
    told.reveals()
    _sane(told)
    opened = told.room().last_round
    assert opened is not None
    with told.stage.store.read() as db:
        card = votes.result(db, opened.id)
    assert card is not None
    for row in card.rows:
        given = [marks[row.idea_id] for marks in shown if row.idea_id in marks]
        assert row.breadth == sum(1 for value in given if value > 0)
        if opened.method == "dots":
            assert row.score == sum(given)
