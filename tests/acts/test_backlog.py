"""From idea to item, its facts, its answer and its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.revealed import Clock, Revealed, account, open_store, revealed
from workshop.acts import backlog, posts, voting
from workshop.acts.stage import Stage
from workshop.rules.refusals import Refused
from workshop.storage.models import Item, ItemMoment, Moment


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Revealed]:
    clock = Clock()
    store = open_store(tmp_path)
    stage = Stage(store, clock)
    facilitator = account(stage, "facilitator", "Fay Marsh")
    story = revealed(stage, clock, facilitator)
    story.accounts.update(facilitator=facilitator, leader=account(stage, "leader", "Ruth Adeyemi"))
    yield story
    store.close()


def item(told: Revealed, item_id: int) -> Item:
    with told.stage.store.read() as db:
        found = db.get_one(Item, item_id)
        db.expunge(found)
        return found


def history(told: Revealed, item_id: int) -> list[str]:
    with told.stage.store.read() as db:
        rows = select(ItemMoment.kind).where(ItemMoment.item_id == item_id).order_by(ItemMoment.id)
        return list(db.scalars(rows))


def test_an_item_carries_everything_that_led_to_it(told: Revealed) -> None:
    found = item(told, told.promote())
    lineage = found.lineage
    assert lineage["idea"]["text"] == "Put eyes, feet and bloods on one day, way 1"
    assert lineage["problem"]["text"].startswith("I take three mornings off work")
    assert lineage["problem"]["group"] == "citizen"
    assert lineage["workshop"]["slug"] == told.slug
    assert lineage["round"]["rule_name"] == "dots"
    assert lineage["round"]["ballots"] == 13
    assert (lineage["votes"]["place"], lineage["votes"]["score"]) == (1, 26.0)
    assert lineage["votes"]["by_group"]["citizen"]["people"] == 6
    assert lineage["people"] == {"citizen": 6, "staff": 5, "partner": 2}


def test_promoting_twice_gives_the_same_item_and_one_line_of_history(told: Revealed) -> None:
    first, second = told.promote(), told.promote()
    assert first == second
    with told.stage.store.read() as db:
        kinds = db.scalars(select(Moment.kind).where(Moment.workshop_id == told.room_id)).all()
    assert kinds.count("item.promoted") == 1


def test_what_is_reworded_later_does_not_change_the_item(told: Revealed) -> None:
    found = told.promote()
    told.do(posts.set_state, post_id=told.ideas[0], state="removed")
    told.do(voting.move_round, round_id=told.round_id, to="closed")
    assert item(told, found).lineage["idea"]["text"].endswith("way 1")
    assert told.promote() == found


def test_no_item_is_made_before_the_room_has_seen_the_counts(told: Revealed) -> None:
    told.do(voting.move_round, round_id=told.round_id, to="closed")
    with pytest.raises(Refused, match="not_revealed"):
        told.promote()


def test_an_idea_or_a_round_of_another_room_is_not_found(told: Revealed) -> None:
    other = revealed(told.stage, told.clock, told.accounts["facilitator"], title="Leaving hospital")
    for idea_id, round_id in (
        (other.ideas[0], told.round_id),
        (told.ideas[0], other.round_id),
        (told.problems[0], told.round_id),
    ):
        with pytest.raises(Refused, match="not_found"):
            told.do(backlog.promote, idea_id=idea_id, round_id=round_id)


def test_a_long_idea_gets_a_title_that_ends_between_words(told: Revealed) -> None:
    assert backlog.headline("word " * 60).endswith("word…")
    assert len(backlog.headline("word " * 60)) <= 120
    assert backlog.headline("First line\nSecond") == "First line"
