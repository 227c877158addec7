"""A card that the facilitator moves is moved on every phone; no hall fetches its pages for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.live.line import Exchange, exchange, token
from tests.web.visitors import Place, place
from workshop.acts import joining, merging, posts, steps, workshops
from workshop.reads.posts import themes


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="problems", problems=3, ideas=0)


def _open(here: Place) -> Exchange:
    """A phone and a control room."""
    floor, slug = exchange(here.longtable, here.clock), here.told.room().slug
    phone = here.seated(here.newcomer()).client
    desk = here.browser().client
    with desk.session_transaction() as cookie:
        cookie.update(account=here.told.facilitator, epoch=0)
    for audience, client in (("phone", phone), ("control", desk)):
        assert floor.open(audience, client, token(here.longtable, client, slug, audience))
    floor.ticker.tell(here.told.workshop, set())
    floor.server.sent.clear()
    return floor


def _told(here: Place, floor: Exchange) -> dict[str, Any]:
    """What each audience was told last."""
    floor.server.sent.clear()
    floor.ticker.tell(here.told.workshop, set())
    return {room.split(":")[1]: message for _, room, message in floor.server.sent}


def _theme(here: Place, view: str = "list") -> int:
    told = here.told
    told.do(workshops.add_theme, title="Getting there")
    step = told.room().step
    told.do(steps.edit_step, step_id=step.id, question=step.question, minutes=5, view=view)
    with here.longtable.store.read() as db:
        return themes(db, told.workshop)[0].id


@pytest.mark.parametrize(("view", "where"), [("list", "problems"), ("themes", "theme-{}-problems")])
def test_a_phone_is_told_where_a_moved_card_goes(here: Place, view: str, where: str) -> None:
    theme, floor = _theme(here, view), _open(here)
    here.told.do(posts.set_theme, post_id=here.told.problems[0], theme_id=theme)
    told = _told(here, floor)
    assert (told["phone"]["page"], told["control"]["page"]) == (False, True)
    (card,) = told["phone"]["cards"]
    assert (card["id"], card["list"]) == (f"post-{here.told.problems[0]}", where.format(theme))
    here.told.do(posts.set_theme, post_id=here.told.problems[0], theme_id=None)
    (card,) = _told(here, floor)["phone"]["cards"]
    assert card["list"] == "problems"


def test_a_merged_card_leaves_the_phone_and_the_other_says_how_many_it_holds(here: Place) -> None:
    floor, (one, two, _) = _open(here), here.told.problems
    here.told.do(merging.merge, post_id=two, host_id=one)
    told = _told(here, floor)
    assert (told["phone"]["page"], told["control"]["page"]) == (False, True)
    cards = {card["id"]: card["html"] for card in told["phone"]["cards"]}
    assert cards.keys() == {f"post-{one}", f"post-{two}"}
    assert cards[f"post-{two}"] is None
    assert "1 more post says this" in cards[f"post-{one}"]


def test_words_that_go_into_a_card_change_that_card_on_both_pages(here: Place) -> None:
    floor, person = _open(here), here.told.people[0]
    given = {"seat_id": person.seat, "receipt": person.receipt, "text": "For us as well"}
    here.told.do(joining.join, **given, host_id=here.told.problems[2])
    told = _told(here, floor)
    assert (told["phone"]["page"], told["control"]["page"]) == (False, False)
    for audience in told:
        cards = {card["id"]: card["html"] for card in told[audience]["cards"]}
        assert cards.pop(f"post-{here.told.problems[2]}")
        assert set(cards.values()) == {None}, "the words inside a card are nobody else's news"


def test_a_ballot_is_fetched_whole_when_ideas_become_one(here: Place) -> None:
    told = here.told
    told.moves_to("ideas")
    one, two = (told.posts(told.people[0], "idea", f"Idea {n}") for n in range(2))
    told.moves_to("vote")
    floor = _open(here)
    told.do(merging.merge, post_id=two, host_id=one)
    assert _told(here, floor)["phone"]["page"] is True
