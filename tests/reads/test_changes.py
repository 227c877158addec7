"""What a page has to catch up with: much of the same is little, and too much is the whole page."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.story import Story, story
from workshop.reads.changes import FARTHEST, MOST, Changes, since
from workshop.storage.models import Moment, Workshop
from workshop.storage.store import Store


@pytest.fixture
def told(store: Store) -> Story:
    return story(store, people=1, step="vote")


def _found(told: Story, lines: Iterable[tuple[str, int | None]]) -> Changes:
    """What a page missed that knows the room as it was before these lines of history."""
    before = told.room().seq
    rows = [
        {"workshop_id": told.workshop, "seq": seq, "kind": kind, "ref": ref, "at": 0, "note": ""}
        for seq, (kind, ref) in enumerate(lines, before + 1)
    ]

    def work(db: Session) -> None:
        db.execute(insert(Moment), rows)
        room = db.get(Workshop, told.workshop)
        assert room
        room.seq = before + len(rows)

    told.stage.store.write(work)
    with told.stage.store.read() as db:
        return since(db, told.workshop, before)


def test_a_thousand_votes_are_one_change_and_no_reason_to_fetch_the_page(told: Story) -> None:
    found = _found(told, [("mark.set", None)] * 1_000)
    assert (found.end - found.start, found.parts, found.posts) == (1_000, frozenset(), frozenset())


def test_a_thousand_people_who_sat_down_are_one_change_whoever_they_are(told: Story) -> None:
    found = _found(told, [("seat.taken", number) for number in range(1_000)])
    assert found.parts == {"here", "meter"}
    assert found.posts == frozenset()


def test_posts_are_named_one_by_one_until_they_are_too_many(told: Story) -> None:
    found = _found(told, [("post.changed", number) for number in range(1, MOST + 1)])
    assert found.posts == frozenset(range(1, MOST + 1))
    assert "page" not in found.parts
    assert "page" in _found(told, [("post.changed", n) for n in range(1, MOST + 2)]).parts


def test_too_long_a_history_is_not_looked_through(told: Story) -> None:
    assert "page" not in _found(told, [("mark.set", None)] * FARTHEST).parts
    assert "page" in _found(told, [("mark.set", None)] * (FARTHEST + 1)).parts
