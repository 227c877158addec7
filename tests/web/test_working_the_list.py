"""Searching the list, views of one's own, and one change for several ideas, without JavaScript."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts.backlog import set_owner
from workshop.storage.models import Item, ItemMoment

__all__ = ["desk"]

PARKED = {"do": "stage", "to": "parked", "reason": "No room before spring."}


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


@pytest.fixture
def three(here: Panel) -> list[int]:
    return [here.item, here.room.promotes(1), here.room.promotes(2)]


def found(here: Panel, words: str) -> list[str]:
    page = here.leader.get(f"/backlog?q={quote(words)}").text
    return re.findall(r'<a href="/backlog/\d+"><bdi>(.*?)</bdi>', page.partition('id="ranked"')[2])


def item(here: Panel, number: int) -> Item:
    with here.desk.stage.store.read() as db:
        row = db.get_one(Item, number)
        db.expunge(row)
        return row


def test_words_are_found_in_title_problem_service_and_owner(here: Panel, three: list[int]) -> None:
    here.room.do(set_owner, item_id=three[1], owner="Zoë Ångström")
    assert found(here, "zoe angstrom") == ["Idea 2"]
    assert found(here, "idea 3") == ["Idea 3"]
    assert sorted(found(here, here.room.told.room().service.upper())) == [
        "Idea 1",
        "Idea 2",
        "Idea 3",
    ]
    assert found(here, "zebra") == []


def test_a_search_is_kept_in_its_field_and_a_filter_beside_it(here: Panel) -> None:
    page = here.leader.get('/backlog?q="><b>no&stage=candidate').text
    assert "No idea fits all of that" in page
    assert 'value="&#34;&gt;&lt;b&gt;no"' in page
    assert '<input type="hidden" name="stage" value="candidate">' in page
    assert "<b>no" not in page


def test_a_view_is_named_listed_used_and_thrown_away(here: Panel) -> None:
    leader = here.leader
    page = leader.get("/backlog?q=idea&stage=candidate").text
    assert "Name this view" in page
    address = "/backlog/views?stage=candidate&q=idea"
    answer = leader.post(address, data={"title": "Still <to> do"})
    assert (answer.status_code, answer.location) == (303, "/backlog?stage=candidate&q=idea")
    page = leader.get("/backlog").text
    assert 'href="/backlog?stage=candidate&amp;q=idea#ranked"><bdi>Still &lt;to&gt; do' in page
    assert "Name this view" not in leader.get("/backlog?q=idea&stage=candidate").text
    assert "Still" not in here.facilitator.get("/backlog").text, "one’s own"
    again = leader.post(address, data={"title": "Still <to> do"})
    assert again.status_code == 409
    assert "a view of that name already" in again.text
    assert 'value="Still &lt;to&gt; do"' in again.text
    assert leader.post("/backlog/views", data={"title": "All"}).status_code == 409
    assert leader.post(address, data={"title": ""}).status_code == 422
    leader.post("/backlog/views/remove", data={"title": "Still <to> do"})
    assert "No view yet" in leader.get("/backlog/views").text


def test_one_owner_for_several_ideas_each_with_its_own_history(
    here: Panel, three: list[int]
) -> None:
    data = {"do": "owner", "owner": "Tomasz", "item": [three[0], three[2]], "seen": "99"}
    answer = here.facilitator.post("/backlog/several?stage=candidate", data=data)
    assert (answer.status_code, answer.location) == (303, "/backlog?stage=candidate#ranked")
    assert [item(here, number).owner for number in three] == ["Tomasz", "", "Tomasz"]
    with here.desk.stage.store.read() as db:
        edited = select(ItemMoment.item_id).where(ItemMoment.kind == "edited")
        assert sorted(db.scalars(edited)) == [three[0], three[2]]


def test_what_could_not_be_done_is_told_row_by_row_and_the_rest_is_done(
    here: Panel, three: list[int]
) -> None:
    leader, given = here.leader, {**PARKED, "review_on": "2027-05-01", "seen": "99"}
    assert leader.post("/backlog/several", data={**given, "item": three[:1]}).status_code == 303
    answer = leader.post("/backlog/several", data={**given, "item": three})
    assert answer.status_code == 409
    assert "Changed 2 ideas." in answer.text
    assert answer.text.count("It can’t go there from where it is now.") == 1
    assert [item(here, number).stage for number in three] == ["parked"] * 3
    boxes = re.findall(r'name="item" value="(\d+)" checked', answer.text)
    assert boxes == [str(three[0])], "only what is left is chosen still"
    assert "No room before spring." in answer.text


def test_sending_twice_changes_once(here: Panel, three: list[int]) -> None:
    data = {**PARKED, "review_on": "2027-05-01", "item": three, "command_id": "the-same"}
    for _ in range(2):
        assert here.leader.post("/backlog/several", data=data).status_code == 303
    with here.desk.stage.store.read() as db:
        staged = select(func.count()).where(ItemMoment.kind == "staged")
        assert db.scalar(staged) == 3


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"do": "owner", "owner": " "}, "Please write something first."),
        ({"do": "owner", "owner": "x" * 121}, "Please use 120 letters or fewer."),
        ({"do": "answer", "answer_by": ""}, "Please give a day."),
        ({"do": "answer", "answer_by": "soon"}, "Please give a day, as in 2026-01-16."),
        ({"do": "stage", "to": "", "reason": "Kept."}, "Please pick one from the list."),
        ({"do": "stage", "to": "nowhere", "reason": "Kept."}, "Please pick one from the list."),
        ({"do": "stage", "to": "parked", "reason": ""}, "Please write something first."),
        (PARKED, "Please say when you’ll look at it again."),
        ({"do": "stage", "to": "pilot", "reason": "Kept."}, "Please plan the pilot first"),
        ({"do": "burn"}, "Please pick one from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    here: Panel, three: list[int], fields: dict[str, str], sentence: str
) -> None:
    answer = here.leader.post("/backlog/several", data={**fields, "item": three})
    assert answer.status_code in {409, 422}
    assert sentence in html.unescape(answer.text)
    assert answer.text.count('name="item"') == answer.text.count(" checked") == 3
    assert fields.get("reason", "") in answer.text
    assert {item(here, number).stage for number in three} == {"candidate"}


def test_choosing_nothing_is_told(here: Panel) -> None:
    answer = here.leader.post("/backlog/several", data={"do": "owner", "owner": "Tomasz"})
    assert answer.status_code == 422
    assert "Please choose at least one idea" in answer.text


def test_others_ideas_and_stages_are_not_for_a_facilitator(here: Panel, three: list[int]) -> None:
    assert "Move them" not in here.facilitator.get("/backlog").text
    assert "Move them" in here.leader.get("/backlog").text
    data = {**PARKED, "review_on": "2027-05-01", "item": three}
    answer = here.facilitator.post("/backlog/several", data=data)
    assert answer.text.count("You can’t do that here.") == 3
    assert {item(here, number).stage for number in three} == {"candidate"}
    stranger = here.desk.visitor(here.desk.account("facilitator"))
    set_one = {"do": "owner", "owner": "Sam", "item": three}
    assert stranger.post("/backlog/several", data=set_one).status_code == 422
    assert item(here, three[0]).owner == ""


def test_whoever_looked_before_a_change_is_asked_to_look_again(
    here: Panel, three: list[int]
) -> None:
    page = here.leader.get("/backlog").text
    seen = re.search(r'name="seen" type="hidden" value="(\d+)"', page)
    assert seen
    here.room.do(set_owner, item_id=three[0], owner="Ruth")
    data = {"do": "owner", "owner": "Tomasz", "item": three, "seen": seen[1]}
    answer = here.leader.post("/backlog/several", data=data)
    assert answer.text.count("Somebody changed this just before you.") == 1
    assert [item(here, number).owner for number in three] == ["Ruth", "Tomasz", "Tomasz"]
