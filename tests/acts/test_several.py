"""Single facts of an item set without the rest, and views under names of one's own."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.revealed import Revealed, revealed
from tests.story import facilitator
from workshop.acts import backlog, views
from workshop.reads.views import newest_line, own_views
from workshop.rules.refusals import Refused
from workshop.rules.searching import LONGEST
from workshop.rules.views import MOST_VIEWS
from workshop.storage.models import Account, Item, ItemMoment
from workshop.storage.store import Store


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store)


def _lines(store: Store, item: int) -> int:
    counted = select(func.count()).where(ItemMoment.item_id == item, ItemMoment.kind == "edited")
    with store.read() as db:
        return db.scalar(counted) or 0


def test_an_owner_and_a_day_are_set_each_with_its_line_and_nothing_else_changes(
    store: Store, room: Revealed
) -> None:
    item = room.promotes()
    facts = {"title": "Foot clinics", "effort": 2.0, "next_test": "Ask ten people"}
    room.do(backlog.edit_item, item_id=item, **facts)
    room.do(backlog.set_owner, item_id=item, owner=" Tomasz ")
    room.do(backlog.set_answer_by, item_id=item, answer_by="2026-12-01")
    with store.read() as db:
        row = db.get_one(Item, item)
        assert (row.owner, row.answer_by) == ("Tomasz", "2026-12-01")
        assert {name: getattr(row, name) for name in facts} == facts
    assert _lines(store, item) == 3
    room.do(backlog.set_owner, item_id=item, owner="Tomasz")
    assert _lines(store, item) == 3, "the same again is no change"


@pytest.mark.parametrize(
    ("act", "given", "code"),
    [
        (backlog.set_owner, {"owner": " "}, "empty"),
        (backlog.set_owner, {"owner": "x" * 121}, "too_long"),
        (backlog.set_answer_by, {"answer_by": ""}, "day_needed"),
        (backlog.set_answer_by, {"answer_by": "soon"}, "bad_date"),
    ],
)
def test_what_is_missing_or_wrong_is_refused(
    room: Revealed, act: object, given: dict[str, str], code: str
) -> None:
    item = room.promotes()
    assert callable(act)
    with pytest.raises(Refused) as no:
        room.do(act, item_id=item, **given)
    assert no.value.code == code


def test_whoever_saves_second_is_told_and_others_ideas_do_not_count(
    store: Store, room: Revealed
) -> None:
    first, second = room.promotes(0), room.promotes(1)
    with store.read() as db:
        seen = newest_line(db)
    room.do(backlog.set_owner, item_id=first, owner="Ruth", seen=seen)
    room.do(backlog.set_owner, item_id=second, owner="Tomasz", seen=seen)
    with pytest.raises(Refused) as no:
        room.do(backlog.set_owner, item_id=first, owner="Tomasz", seen=seen)
    assert no.value.code == "overtaken"


def test_views_are_ones_own_and_named_once(store: Store, room: Revealed) -> None:
    stage = room.told.stage
    other = facilitator(stage, "other@example.org", "leader")
    asked = {"q": "foot", "service": "Diabetes", "colour": "red", "stage": ""}
    stage.perform(views.save_view, account_id=room.leader, title="Feet", asked=asked)
    stage.perform(views.save_view, account_id=other, title="Feet", asked={"q": "eyes"})
    with store.read() as db:
        (mine,) = own_views(db, room.leader)
        assert (mine.title, mine.asked) == ("Feet", {"service": "Diabetes", "q": "foot"})
        assert [view.asked for view in own_views(db, other)] == [{"q": "eyes"}]
    for title, asked, code in (
        ("Feet", {"q": "a"}, "view_taken"),
        ("All", {}, "no_filter"),
        ("", {"q": "a"}, "empty"),
        ("x" * 61, {"q": "a"}, "too_long"),
    ):
        with pytest.raises(Refused) as no:
            stage.perform(views.save_view, account_id=room.leader, title=title, asked=asked)
        assert no.value.code == code
    stage.perform(views.remove_view, account_id=room.leader, title="Feet")
    stage.perform(views.remove_view, account_id=room.leader, title="Feet")
    with store.read() as db:
        assert own_views(db, room.leader) == ()
        assert len(own_views(db, other)) == 1


def test_an_account_keeps_so_many_views_and_no_long_search(store: Store, room: Revealed) -> None:
    stage = room.told.stage
    for number in range(MOST_VIEWS):
        asked = {"q": "x" * 500}
        stage.perform(views.save_view, account_id=room.leader, title=str(number), asked=asked)
    with pytest.raises(Refused) as no:
        stage.perform(views.save_view, account_id=room.leader, title="More", asked={"q": "a"})
    assert no.value.code == "too_many_views"
    with store.read() as db:
        kept = db.get_one(Account, room.leader).views
        assert {len(view["asked"]["q"]) for view in kept} == {LONGEST}
