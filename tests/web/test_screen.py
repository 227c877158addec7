"""The projector: reachable by its link alone, and silent about counts until the reveal."""

from __future__ import annotations

import re

import pytest

from tests.story import Story
from tests.web.desk import Desk, desk
from workshop.acts import posts as acts
from workshop.acts import running, voting
from workshop.reads.screen import ScreenCard, screen_card
from workshop.rules.rounds import ROWS_ON_SCREEN

__all__ = ["desk"]


def _card(told: Story) -> ScreenCard:
    with told.stage.store.read() as db:
        return screen_card(db, told.room())


def test_whoever_holds_the_link_sees_the_screen_and_nobody_else(desk: Desk) -> None:
    told = desk.story()
    visitor = desk.visitor()
    assert visitor.get("/screen/not-a-link").status_code == 404
    page = visitor.get(f"/screen/{told.room().screen_token}")
    assert page.status_code == 200
    assert 'data-audience="screen"' in page.text
    with visitor.session_transaction() as cookie:
        assert cookie["screens"] == {told.room().slug: told.room().screen_token}


def test_a_bright_room_gets_the_light_theme(desk: Desk) -> None:
    told = desk.story()
    address = f"/screen/{told.room().screen_token}"
    assert 'data-theme="stage"' in desk.visitor().get(address).text
    assert 'data-theme="light"' in desk.visitor().get(f"{address}?theme=light").text


@pytest.mark.parametrize(
    ("step", "view"),
    [
        ("welcome", "welcome"),
        ("problems", "wall"),
        ("ideas", "wall"),
        ("vote", "vote"),
        ("results", "sealed"),
        ("next", "next"),
    ],
)
def test_every_step_has_a_view_with_the_code_and_the_square(
    desk: Desk, step: str, view: str
) -> None:
    told = desk.story(people=3, step=step)
    page = desk.visitor().get(f"/screen/{told.room().screen_token}").text
    code = told.room().join_code
    assert code is not None
    assert _card(told).view == view
    assert f"{code[:3]} {code[3:]}" in page
    assert re.search(r"<svg[^>]*>.*?</svg>", page.split("st__qr")[1])


@pytest.mark.parametrize("screen", ["join", "blank"])
def test_the_facilitator_can_put_the_step_aside(desk: Desk, screen: str) -> None:
    told = desk.story()
    told.do(running.show_screen, screen=screen)
    assert _card(told).view == screen


def test_a_post_in_the_spotlight_leaves_it_when_it_is_hidden(desk: Desk) -> None:
    told = desk.story(problems=1, ideas=0)
    told.do(running.show_screen, screen="spotlight", post_id=told.problems[0])
    assert _card(told).view == "spotlight"
    told.do(acts.set_state, post_id=told.problems[0], state="hidden")
    assert _card(told).view == "wall"


def test_a_wall_shows_the_latest_six_and_says_how_many_there_are(desk: Desk) -> None:
    told = desk.story(people=3, problems=20, ideas=0)
    card = _card(told)
    assert [post.text for post in card.posts] == [f"Problem {n}" for n in range(20, 14, -1)]
    assert card.total == 20
    assert dict(card.by_group) == {"citizen": 7, "staff": 7, "partner": 6}


def test_no_count_leaves_the_database_before_the_reveal(desk: Desk) -> None:
    told = desk.story(people=3, ideas=8, step="vote")
    before = _card(told)
    for person in told.people:
        told.votes(person, told.ideas[0], 3, device="phone", number=1)
    after = _card(told)
    assert after.result is None
    assert after.posts == before.posts
    assert len(after.posts) == ROWS_ON_SCREEN
    assert after.heads.taken_part == 3


def test_the_order_on_a_vote_is_not_the_order_of_posting(desk: Desk) -> None:
    told = desk.story(people=3, ideas=30, step="vote")
    shown = [post.id for post in _card(told).posts]
    assert shown != sorted(shown)
    assert shown != sorted(shown, reverse=True)


def test_the_reveal_shows_six_places_and_ties_as_ties(desk: Desk) -> None:
    told = desk.story(people=3, ideas=8, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 3, device="phone", number=1)
        told.votes(person, told.ideas[1], 1, device="phone", number=2)
        told.votes(person, told.ideas[2], 1, device="phone", number=3)
    told.reveals()
    told.moves_to("results")
    card = _card(told)
    assert card.view == "results"
    page = desk.visitor().get(f"/screen/{told.room().screen_token}").text
    assert page.count('class="st__rank"') == ROWS_ON_SCREEN
    assert [row.place for row in card.result.rows[:3]] == ["1", "2=", "2="]  # type: ignore[union-attr]  # it is revealed


def test_hiding_the_counts_again_covers_the_screen(desk: Desk) -> None:
    told = desk.story(people=3, ideas=2, step="vote")
    told.reveals()
    assert _card(told).view == "results"
    opened = told.room().last_round
    assert opened is not None
    told.do(voting.move_round, round_id=opened.id, to="covered")
    assert _card(told).view == "sealed"


def test_a_finished_room_says_thank_you(desk: Desk) -> None:
    told = desk.story()
    told.do(running.finish)
    page = desk.visitor().get(f"/screen/{told.room().screen_token}").text
    assert "Thank you for coming." in page


def test_the_live_slot_is_the_same_as_the_first_page(desk: Desk) -> None:
    told = desk.story(people=3, problems=3, ideas=0)
    page = desk.visitor().get(f"/screen/{told.room().screen_token}").text
    fragments = desk.product.app.extensions["longtable"].fragments
    live = fragments.slot("stage", "en", card=_card(told))
    assert live.split("st__ideas")[1].split("</ul>")[0] in page
    assert "https://table.example" not in live
    assert "table.example" in live


def test_a_place_that_is_still_covered_has_no_words_on_the_screen(desk: Desk) -> None:
    told = desk.story(people=3, ideas=3, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 2)
    opened = told.room().last_round
    assert opened is not None
    told.do(voting.move_round, round_id=opened.id, to="closed")
    seen = []
    for _ in range(3):
        told.do(voting.uncover, round_id=opened.id)
        seen.append(desk.visitor().get(f"/screen/{told.room().screen_token}").text)
    assert ["Idea 1" in page for page in seen] == [False, False, True]
    assert [page.count("still covered") for page in seen] == [2, 1, 0]
    assert "2 still to come" in seen[0]


def test_the_control_room_makes_the_screen_bright_and_dark_again(desk: Desk) -> None:
    told = desk.story()
    address = f"/screen/{told.room().screen_token}"
    told.do(running.set_bright, bright=True)
    assert '<div class="st-skin" data-theme="light">' in desk.visitor().get(address).text
    told.do(running.set_bright, bright=False)
    assert 'data-theme="light"' not in desk.visitor().get(address).text
