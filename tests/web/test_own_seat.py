"""What I said, changing seats, leaving and the end, on a phone without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.visitors import Place, place, words
from workshop.acts import running
from workshop.rules.roles import VOICES

Telling = Callable[..., Place]


@pytest.fixture
def tell(tmp_path: Path) -> Telling:
    return lambda **told: place(tmp_path, **told)


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


def test_the_way_back_is_a_link_whose_code_stays_in_the_browser(tell: Telling) -> None:
    here = tell(step="problems")
    author = here.newcomer()
    page = here.seated(author).get(f"{here.room}/mine")
    assert f'data-copy="http://localhost/resume#{author.receipt}"' in page
    # Nothing before the "#" holds it, so no server and no proxy on the way can note it.
    assert author.receipt not in "".join(re.findall(r'(?:href|src|action)="([^"#]*)', page))


@pytest.mark.parametrize(
    ("over", "to", "ends"),
    [(False, "", ""), (False, "mine", "/mine"), (True, "", "/mine"), (True, "mine", "/mine")],
)
def test_a_link_and_a_room_that_is_over_lead_to_what_was_said(
    tell: Telling, *, over: bool, to: str, ends: str
) -> None:
    here = tell(step="problems")
    person = here.newcomer()
    if over:
        here.told.do(running.finish)
    visitor = here.browser()
    visitor.get("/resume")
    answer = visitor.post("/resume", code=person.receipt, to=to)
    assert answer.location == f"{here.room}{ends}"
    assert "Welcome back." in words(visitor.get(answer.location))


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
    assert "What you said comes here" in words(visitor.get(f"{here.room}/mine"))
    late = visitor.post(f"{here.room}/problems", text="Afterthought")
    assert "Afterthought" in late.get_data(as_text=True)


def test_a_seat_opens_its_own_room_only(tell: Telling) -> None:
    here = tell(step="problems")
    stranger = here.browser()
    stranger.get("/")
    assert stranger.client.get(f"{here.room}/mine").status_code == 403
    assert stranger.post(f"{here.room}/problems", text="Hello").status_code == 403
