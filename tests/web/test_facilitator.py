"""The facilitator's pages: the control room and the plan, as plain form posts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.story import Story
from tests.web.desk import Desk, desk, press
from workshop.acts import running, workshops
from workshop.reads import posts
from workshop.rules.policies import COMMANDS
from workshop.web.moves import MOVES

__all__ = ["desk"]


def test_every_move_of_the_control_room_is_a_command_that_the_policies_know() -> None:
    own = {kind for kind, row in COMMANDS.items() if row.endpoint.startswith("facilitator.")}
    assert own - {"theme.add"} == MOVES.keys()


def test_a_room_is_shown_with_its_code_its_steps_and_its_posts(desk: Desk) -> None:
    told = desk.story(people=3, problems=2, ideas=0)
    room = told.room()
    page = desk.visitor(told.facilitator).get(f"/workshops/{room.slug}").text
    assert room.join_code is not None
    assert f"{room.join_code[:3]} {room.join_code[3:]}" in page
    assert "Problem 1" in page
    assert 'data-list="theme-0-problems"' in page
    assert "2 of 3 have posted a problem" in page


def test_somebody_elses_facilitator_may_not_look_in(desk: Desk) -> None:
    told = desk.story()
    other = desk.visitor(desk.account("leader"))
    assert other.get(f"/workshops/{told.room().slug}").status_code == 403


def test_next_and_back_move_everybody_without_loss(desk: Desk) -> None:
    told = desk.story(problems=1, ideas=0)
    client = desk.visitor(told.facilitator)
    here = told.room().position
    assert press(client, told.room(), "step", position=here + 1).status_code == 303
    assert told.room().position == here + 1
    press(client, told.room(), "step", position=here)
    assert told.room().position == here
    assert "Problem 1" in client.get(f"/workshops/{told.room().slug}").text


def test_a_press_sent_twice_with_one_id_counts_once(desk: Desk) -> None:
    told = desk.story()
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "timer", action="pause")
    before = told.room().timer_left
    for _ in range(2):
        press(client, told.room(), "timer", action="add", minutes=1, command_id="one press")
    assert before is not None
    assert told.room().timer_left == before + 60_000


@pytest.mark.parametrize(
    ("ending", "fields", "name", "wanted"),
    [
        ("lock", {"locked": "1"}, "locked", True),
        ("lock", {"locked": ""}, "locked", False),
        ("doors", {"is_open": ""}, "doors_open", False),
        ("screen", {"screen": "join"}, "screen", "join"),
        ("screen", {"screen": "blank"}, "screen", "blank"),
    ],
)
def test_one_button_changes_one_thing(
    desk: Desk, ending: str, fields: dict[str, Any], name: str, wanted: object
) -> None:
    told = desk.story()
    press(desk.visitor(told.facilitator), told.room(), ending, **fields)
    assert getattr(told.room(), name) == wanted


def test_a_card_is_picked_and_put_under_a_theme_and_out_again(desk: Desk) -> None:
    told = desk.story(problems=1, ideas=0)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "themes", title="Too many trips")
    theme = told.do(workshops.add_theme, title="Too many trips").answer["theme"]
    problem = told.problems[0]
    press(client, told.room(), "posts/theme", post_id=problem, theme_id=theme)
    assert _post(told, problem).theme_id == theme
    press(client, told.room(), "posts/theme", post_id=problem, theme_id="")
    assert _post(told, problem).theme_id is None


def _post(told: Story, number: int) -> posts.PostCard:
    with told.stage.store.read() as db:
        return posts.some(db, told.workshop, {number})[number]


def test_a_hidden_post_stays_on_the_facilitators_board(desk: Desk) -> None:
    told = desk.story(problems=1, ideas=0)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "posts/hide", post_id=told.problems[0])
    assert "Hidden from the room" in client.get(f"/workshops/{told.room().slug}").text
    press(client, told.room(), "posts/remove", post_id=told.problems[0])
    assert "Problem 1" not in client.get(f"/workshops/{told.room().slug}").text


def test_an_empty_theme_is_refused_beside_its_field(desk: Desk) -> None:
    told = desk.story()
    answer = press(desk.visitor(told.facilitator), told.room(), "themes", title="x" * 200)
    assert answer.status_code == 422
    assert "x" * 200 in answer.text
    assert "80 letters" in answer.text


def test_a_number_that_is_none_is_told_and_breaks_nothing(desk: Desk) -> None:
    told = desk.story()
    client = desk.visitor(told.facilitator)
    answer = press(client, told.room(), "step", position="two")
    assert answer.status_code == 303
    assert "couldn’t read that" in client.get(f"/workshops/{told.room().slug}").text


def test_asking_somebody_to_leave_frees_no_other_seat(desk: Desk) -> None:
    told = desk.story(people=2)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "seats/remove", seat_id=told.people[0].seat)
    assert "has left" in client.get(f"/workshops/{told.room().slug}").text


def test_no_count_is_on_any_page_before_the_reveal(desk: Desk) -> None:
    told = desk.story(people=3, ideas=2, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 3, device="phone", number=1)
    client = desk.visitor(told.facilitator)
    control = client.get(f"/workshops/{told.room().slug}").text
    assert "3 of 3" in control
    assert "Nobody sees a count" in control
    results = client.get(f"/workshops/{told.room().slug}/results").text
    assert "still covered" in results
    assert "rk__row" not in results


def test_the_plan_keeps_what_was_typed_when_it_cannot_be_taken(desk: Desk) -> None:
    told = desk.story()
    step = told.room().steps[0]
    client = desk.visitor(told.facilitator)
    address = f"/workshops/{told.room().slug}/plan/steps/{step.id}"
    answer = client.post(address, data={"question": "Why are we here?", "minutes": "9999"})
    assert answer.status_code == 422
    assert "Why are we here?" in answer.text
    answer = client.post(address, data={"question": "Why are we here?", "minutes": "7"})
    assert answer.status_code == 303
    assert (told.room().steps[0].question, told.room().steps[0].minutes) == ("Why are we here?", 7)


def test_a_votes_rule_is_set_until_the_vote_has_begun(desk: Desk) -> None:
    told = desk.story()
    step = next(step for step in told.room().steps if step.phase == "vote")
    client = desk.visitor(told.facilitator)
    address = f"/workshops/{told.room().slug}/plan/steps/{step.id}"
    rule = {"question": "Which?", "minutes": "5", "method": "approval", "budget": "2", "cap": "1"}
    assert client.post(address, data=rule).status_code == 303
    assert told.room().steps[step.position].method == "approval"
    told.moves_to("vote")
    assert client.post(address, data={**rule, "method": "dots"}).status_code == 303
    told.votes(told.people[0], told.ideas[0], 1)
    answer = client.post(address, data=rule)
    assert answer.status_code == 409
    assert "Voting has begun" in answer.text


def test_the_end_goes_to_the_results_and_takes_the_code_away(desk: Desk) -> None:
    told = desk.story()
    client = desk.visitor(told.facilitator)
    answer = press(client, told.room(), "finish")
    assert answer.location.endswith("/results")
    assert told.room().join_code is None
    assert client.get(f"/workshops/{told.room().slug}").status_code == 200


def test_words_of_other_people_are_shown_and_never_run(desk: Desk) -> None:
    told = desk.story(problems=0, ideas=0)
    told.posts(told.people[0], "problem", "<script>alert(1)</script> 💬 مرحبا")
    page = desk.visitor(told.facilitator).get(f"/workshops/{told.room().slug}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 💬 مرحبا" in page


def test_a_spotlight_is_told_on_the_control_room(desk: Desk) -> None:
    told = desk.story(problems=1, ideas=0)
    told.do(running.show_screen, screen="spotlight", post_id=told.problems[0])
    page = desk.visitor(told.facilitator).get(f"/workshops/{told.room().slug}").text
    sees = page.split('class="sees__scr"')[1].split("</section>")[0]
    assert "Problem 1" in sees
