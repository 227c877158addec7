"""A participant's phone without JavaScript: posting, rewording, what I said, one's seat."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, errors, place, words
from workshop.acts import posts, running, workshops
from workshop.rules.wording import LIMITS

Telling = Callable[..., Place]


@pytest.fixture
def tell(tmp_path: Path) -> Telling:
    return lambda **told: place(tmp_path, **told)


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
    assert re.findall(r'data-command="([^"]+)"', seen) == ["hand.raise"]


def test_who_only_watches_reads_how_to_take_part_where_others_report(tell: Telling) -> None:
    here = tell(step="problems")
    report = f"{here.room}/posts/{here.told.problems[0]}/report"
    page = here.seated(here.newcomer("watching")).get(report)
    assert "Only people who take part can report a post" in words(page)
    assert "post.report" not in page
    assert "post.report" in here.seated(here.newcomer()).get(report)


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
