"""A participant's phone without JavaScript: posting, voting, results, what I said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.visitors import Browser, Place, errors, place, words
from workshop.acts import posts, running, workshops
from workshop.rules.roles import VOICES
from workshop.rules.wording import LIMITS

Telling = Callable[..., Place]


@pytest.fixture
def tell(tmp_path: Path) -> Telling:
    return lambda **told: place(tmp_path, **told)


def form_of(page: str, action: str) -> dict[str, str]:
    """The buttons' values of every form on `page` that posts to `action`, by idea and name."""
    forms = re.findall(rf'<form[^>]*action="[^"]*/{action}"[^>]*>.*?</form>', page, re.DOTALL)
    return {
        found.group(1): form
        for form in forms
        if (found := re.search(r'name="idea_id" value="(\d+)"', form))
    }


def own(here: Place, visitor: Browser) -> str:
    """What stands under "What you've posted"."""
    found = re.search(r'data-list="own">(.*?)</section>', visitor.get(here.room), re.DOTALL)
    return words(found.group(1)) if found else ""


@pytest.mark.parametrize(
    "phase", ["welcome", "problems", "themes", "ideas", "vote", "results", "next"]
)
def test_every_step_has_its_page_for_people_who_take_part_and_who_watch(
    tell: Telling, phase: str
) -> None:
    here = tell(step=phase)
    seated = here.seated(here.newcomer())
    watching = here.seated(here.newcomer("watching"))
    page = words(seated.get(here.room))
    assert f"Step {here.told.room().position + 1} of 7" in page
    assert "You’re just watching." not in page
    seen = watching.get(here.room)
    assert "You’re just watching." in words(seen)
    assert 'data-command="' not in seen


def test_the_goal_of_the_service_comes_first_and_people_answer_with_theirs(tell: Telling) -> None:
    here = tell(step="welcome")
    visitor = here.seated(here.newcomer())
    answer = visitor.post(f"{here.room}/goals", text="That I can keep my job.")
    assert answer.location == f"{here.room}#own"
    page = words(visitor.get(here.room))
    assert "Nobody loses sight or a foot" in page
    assert "Better for: People who work shifts" in page
    assert page.count("That I can keep my job.") >= 2


def test_a_problem_with_its_details_lies_on_the_table_and_names_nobody(tell: Telling) -> None:
    here = tell(step="problems")
    person = here.newcomer("staff")
    here.seated(person).post(
        f"{here.room}/problems", text="Four letters", affected="Everybody", often="Weekly"
    )
    page = words(here.seated(here.newcomer()).get(here.room))
    assert "Four letters It happens to: Everybody How often: Weekly Staff" in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "مرحبا بكم",
        "🌻👩‍👩‍👧‍👦",
        "100% of it, {{ 7*7 }} %(x)s",
        "x" * LIMITS["problem"],
    ],
)
def test_whatever_people_write_is_shown_as_they_wrote_it(tell: Telling, text: str) -> None:
    here = tell(step="problems")
    visitor = here.seated(here.newcomer())
    assert visitor.post(f"{here.room}/problems", text=text).status_code == 303
    page = visitor.get(here.room)
    assert text in words(page) or "<script>" in text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \n "}, "Please write something first."),
        ({"text": "\u200b\u202e"}, "Please write something first."),
        ({"text": "x" * 10_000}, "500 letters or fewer"),
        ({"text": "Fine", "affected": "x" * 10_000}, "200 letters or fewer"),
    ],
)
def test_a_no_stands_on_the_page_and_the_words_stay(
    tell: Telling, fields: dict[str, str], sentence: str
) -> None:
    here = tell(step="problems", problems=0)
    visitor = here.seated(here.newcomer())
    answer = visitor.post(f"{here.room}/problems", **fields)
    assert answer.status_code in {409, 422}
    assert [sentence in error for error in errors(answer)] == [True]
    page = answer.get_data(as_text=True)
    assert all(text.strip() in page for text in fields.values())
    assert "data-room" not in page
    assert own(here, visitor) == ""


def test_words_that_come_too_late_are_handed_back(tell: Telling) -> None:
    here = tell(step="problems")
    visitor = here.seated(here.newcomer())
    here.told.moves_to("vote")
    answer = visitor.post(f"{here.room}/problems", text="A thought too late")
    assert answer.status_code == 409
    assert "A thought too late" in answer.get_data(as_text=True)
    assert "The room has moved on." in errors(answer)[0]


def test_a_paused_room_says_so_and_keeps_the_words(tell: Telling) -> None:
    here = tell(step="problems")
    here.told.do(running.lock_room, locked=True)
    visitor = here.seated(here.newcomer())
    assert "The facilitator has paused posting." in words(visitor.get(here.room))
    answer = visitor.post(f"{here.room}/problems", text="Kept words")
    assert "paused posting" in errors(answer)[0]
    assert "Kept words" in answer.get_data(as_text=True)


def test_sending_the_same_form_twice_posts_once(tell: Telling) -> None:
    here = tell(step="problems")
    visitor = here.seated(here.newcomer())
    for _ in range(2):
        visitor.post(f"{here.room}/problems", text="Only once", command_id="one-and-the-same")
    assert own(here, visitor).count("On the board") == 1


def test_people_reword_and_take_back_their_own_posts_and_nobody_elses(tell: Telling) -> None:
    here = tell(step="problems", problems=1)
    author = here.newcomer()
    visitor = here.seated(author)
    number = here.told.posts(author, "problem", "First words", affected="Me")
    answer = visitor.post(f"{here.room}/posts/edit", post_id=number, text="Better words")
    assert answer.location == f"{here.room}#own-{number}"
    assert "Better words" in own(here, visitor)
    long = visitor.post(f"{here.room}/posts/edit", post_id=number, text="x" * 600)
    assert "500 letters or fewer" in errors(long)[0]
    foreign = visitor.post(f"{here.room}/posts/edit", post_id=here.told.problems[0], text="Mine")
    assert foreign.status_code == 403
    taken = visitor.post(f"{here.room}/posts/withdraw", post_id=here.told.problems[0])
    assert taken.status_code == 403
    assert visitor.post(f"{here.room}/posts/withdraw", post_id=number).status_code == 303
    assert "Better words" not in visitor.get(here.room)


@pytest.mark.parametrize("post_id", ["", "abc", "999999", "-1"])
def test_a_post_that_is_none_gets_one_sentence(tell: Telling, post_id: str) -> None:
    here = tell(step="problems")
    visitor = here.seated(here.newcomer())
    for action in ("edit", "withdraw"):
        answer = visitor.post(f"{here.room}/posts/{action}", post_id=post_id, text="Words")
        assert 400 <= answer.status_code < 500


def test_an_idea_answers_the_problem_that_was_picked(tell: Telling) -> None:
    here = tell(step="ideas", problems=2, ideas=0)
    visitor = here.seated(here.newcomer())
    problem = here.told.problems[1]
    page = visitor.get(f"{here.room}?problem={problem}")
    assert "You’re answering this problem Problem 2" in words(page)
    visitor.post(f"{here.room}/ideas", answers_id=problem, better_for="Carers", text="Ring first")
    assert "To: Problem 2 Ring first Better for: Carers" in words(visitor.get(here.room))


def test_problems_stand_under_their_themes(tell: Telling) -> None:
    here = tell(step="themes", problems=2)
    theme = here.told.do(workshops.add_theme, title="Too many trips").answer["theme"]
    here.told.do(posts.set_theme, post_id=here.told.problems[0], theme_id=theme)
    page = words(here.seated(here.newcomer()).get(here.room))
    assert "Too many trips Problem 1" in page
    assert "Not sorted yet Problem 2" in page


def test_votes_are_absolute_and_lead_back_to_their_idea(tell: Telling) -> None:
    here = tell(step="vote", ideas=3)
    visitor = here.seated(here.newcomer())
    idea = here.told.ideas[0]
    for value in (1, 2, 2):
        answer = visitor.post(f"{here.room}/marks", idea_id=idea, value=value)
        assert answer.location == f"{here.room}#idea-{idea}"
        here.clock.now += 1
    page = visitor.get(here.room)
    assert "3 of 5 votes left" in words(page)
    controls = form_of(page, "marks")[str(idea)]
    assert re.findall(r'name="value" value="(\d+)"', controls) == ["1", "3"]


def test_a_spent_purse_says_no_beside_the_very_idea(tell: Telling) -> None:
    here = tell(step="vote", ideas=3)
    visitor = here.seated(here.newcomer())
    first, second, third = here.told.ideas
    for idea, value in ((first, 3), (second, 2)):
        visitor.post(f"{here.room}/marks", idea_id=idea, value=value)
    answer = visitor.post(f"{here.room}/marks", idea_id=third, value=1)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    row = page[page.index(f'id="idea-{third}"') :]
    assert "You’ve used all your votes." in words(row[: row.index("</li>")])
    assert "0 of 5 votes left" in words(page)


@pytest.mark.parametrize(
    "mark",
    [
        {"idea_id": "abc", "value": "1"},
        {"idea_id": "1", "value": "NaN"},
        {"idea_id": "99999", "value": "1"},
        {"value": "1"},
        {"idea_id": "2", "value": "-1"},
        {"idea_id": "2", "value": "4"},
    ],
)
def test_a_mark_that_is_none_changes_nothing(tell: Telling, mark: dict[str, Any]) -> None:
    here = tell(step="vote")
    visitor = here.seated(here.newcomer())
    answer = visitor.post(f"{here.room}/marks", **mark)
    assert 400 <= answer.status_code < 500
    assert "5 of 5 votes left" in words(visitor.get(here.room))


def test_everybody_meets_the_ideas_in_an_order_of_their_own(tell: Telling) -> None:
    here = tell(step="vote", ideas=8)
    orders = set()
    for _ in range(3):
        visitor = here.seated(here.newcomer())
        first = re.findall(r'id="idea-(\d+)"', visitor.get(here.room))
        assert first == re.findall(r'id="idea-(\d+)"', visitor.get(here.room))
        assert sorted(map(int, first)) == here.told.ideas
        orders.add(tuple(first))
    assert len(orders) > 1


def test_saying_that_one_is_done_and_taking_it_back(tell: Telling) -> None:
    here = tell(step="vote")
    visitor = here.seated(here.newcomer())
    visitor.post(f"{here.room}/done", done="1")
    assert "Not done yet" in words(visitor.get(here.room))
    visitor.post(f"{here.room}/done", done="")
    assert "I’m done" in words(visitor.get(here.room))


def test_the_sweep_and_approval_have_their_own_ballots(tell: Telling) -> None:
    here = tell(step="vote", template="sweep")
    visitor = here.seated(here.newcomer())
    idea = here.told.ideas[0]
    visitor.post(f"{here.room}/marks", idea_id=idea, value=-1)
    controls = form_of(visitor.get(here.room), "marks")[str(idea)]
    pressed = re.findall(r'value="(-?\d)" aria-pressed="(\w+)"', controls)
    assert pressed == [("1", "false"), ("0", "false"), ("-1", "true")]


def test_counts_appear_at_the_reveal_and_not_before(tell: Telling) -> None:
    here = tell(step="vote", people=12, ideas=2)
    for person in here.told.people:
        here.told.votes(person, here.told.ideas[0], 2)
    visitor = here.seated(here.newcomer())
    here.told.moves_to("results")
    hidden = words(visitor.get(here.room))
    assert "The counts stay hidden" in hidden
    assert "24 votes" not in hidden
    here.told.reveals()
    assert "24 votes, from 12 people" in words(visitor.get(here.room))


def test_level_ideas_share_their_place(tell: Telling) -> None:
    here = tell(step="vote", ideas=2)
    for person, idea in zip(here.told.people, here.told.ideas, strict=False):
        here.told.votes(person, idea, 1)
    here.told.moves_to("results")
    here.told.reveals()
    page = here.seated(here.newcomer()).get(here.room)
    assert words(page).count("Place 1=") == 2


def test_a_group_of_less_than_five_is_never_shown_alone(tell: Telling) -> None:
    here = tell(step="vote", people=3, ideas=1)
    for person in here.told.people:
        here.told.votes(person, here.told.ideas[0], 1)
    here.told.moves_to("results")
    here.told.reveals()
    page = words(here.seated(here.newcomer()).get(here.room))
    assert "1 of 1" not in page
    assert "Groups of fewer than five people are counted together." in page


def test_what_i_said_keeps_the_code_and_the_trail(tell: Telling) -> None:
    here = tell(step="next", people=3, ideas=1)
    author = here.newcomer()
    here.told.moves_to("ideas")
    idea = here.told.posts(author, "idea", "Ring first", answers_id=here.told.problems[0])
    here.told.moves_to("vote")
    here.told.votes(author, idea, 1)
    here.told.moves_to("results")
    here.told.reveals()
    here.told.moves_to("next")
    here.told.posts(author, "pledge", "I will ring the pharmacy")
    page = words(here.seated(author).get(f"{here.room}/mine"))
    assert "You posted 2 things." in page
    assert "It answers: Problem 1" in page
    assert "1 of 1 people voted for it" in page
    assert "I will ring the pharmacy You promised it" in page
    assert author.receipt in page
    assert "Ring first" not in words(here.seated(here.newcomer()).get(f"{here.room}/mine"))


def test_a_pledge_is_for_its_author_alone(tell: Telling) -> None:
    here = tell(step="next")
    author, other = here.newcomer(), here.newcomer()
    here.seated(author).post(f"{here.room}/pledges", text="I will ask my manager")
    assert "I will ask my manager" in here.seated(author).get(here.room)
    assert "I will ask my manager" not in here.seated(other).get(here.room)


def test_moving_to_another_seat_and_watching(tell: Telling) -> None:
    here = tell(step="problems")
    visitor = here.seated(here.newcomer())
    for group in (*VOICES, "watching"):
        assert visitor.post(f"{here.room}/seat", group=group).status_code == 303
        visitor.get(here.room)
    refused = visitor.post(f"{here.room}/problems", text="From the back row")
    assert refused.status_code == 403
    assert visitor.post(f"{here.room}/seat", group="boss").status_code == 422


def test_leaving_gives_the_code_that_leads_back(tell: Telling) -> None:
    here = tell(step="problems")
    person = here.newcomer()
    visitor = here.seated(person)
    answer = visitor.post(f"{here.room}/leave")
    assert person.receipt in visitor.get(answer.location)
    assert visitor.client.get(here.room).status_code == 302
    assert here.seated(person).client.get(here.room).status_code == 200


def test_before_it_starts_and_after_it_ended(tell: Telling) -> None:
    here = tell(step="problems")
    person = here.newcomer()
    here.told.do(running.finish)
    visitor = here.seated(person)
    page = words(visitor.get(here.room))
    assert "Everybody’s gone home" in page
    assert "They shared 1 problem." in page
    assert "You posted 0 things." in words(visitor.get(f"{here.room}/mine"))
    late = visitor.post(f"{here.room}/problems", text="Afterthought")
    assert "Afterthought" in late.get_data(as_text=True)


def test_a_seat_opens_its_own_room_only(tell: Telling) -> None:
    here = tell(step="problems")
    stranger = here.browser()
    stranger.get("/")
    assert stranger.client.get(f"{here.room}/mine").status_code == 403
    assert stranger.post(f"{here.room}/problems", text="Hello").status_code == 403
