"""Lived experience without JavaScript: a moment placed, a problem made, the line named anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, errors, place, words
from workshop.acts import posts
from workshop.reads.journey import legs
from workshop.reads.posts import board

SECRET = "CANARY-HIDDEN-MOMENT"


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, people=3, problems=0, ideas=0, step="journey", template="lived")


def _legs(here: Place) -> list[int]:
    with here.longtable.store.read() as db:
        return [leg.id for leg in legs(db, here.told.workshop)]


def _host(here: Place) -> Browser:
    visitor = here.browser()
    with visitor.client.session_transaction() as kept:
        kept.update(account=here.told.facilitator, epoch=0)
    return visitor


def _places(here: Place, visitor: Browser, **fields: object) -> int:
    given = {"leg_id": _legs(here)[1], "feeling": 1, "text": "We waited.", **fields}
    assert visitor.post(f"{here.room}/moments", **given).status_code == 303
    with here.longtable.store.read() as db:
        return board(db, here.told.workshop, {"experience"})[0].id


def test_a_moment_is_placed_and_made_a_problem(here: Place) -> None:
    visitor = here.seated(here.newcomer())
    moment = _places(here, visitor)
    page = visitor.get(here.room)
    assert "We waited. Very bad" in words(page)
    assert f'data-list="leg-{_legs(here)[1]}-experiences"' in page
    answer = visitor.post(f"{here.room}/moments/problem", post_id=moment)
    assert answer.status_code == 303
    page = words(visitor.get(here.room))
    assert "It’s a problem on the table now." in page
    assert "A problem was made of it." in page
    mine = words(visitor.get(f"{here.room}/mine"))
    assert "It stands on the line at Going in" in mine
    assert "It became a problem on the table: We waited." in mine
    assert "It grew from your moment: We waited." in mine


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("leg_id", "Please pick when it was."),
        ("feeling", "Please pick how it felt."),
        ("text", "Please write something first."),
    ],
)
def test_what_is_left_out_is_asked_for_and_the_rest_is_kept(
    here: Place, missing: str, sentence: str
) -> None:
    visitor = here.seated(here.newcomer())
    given = {"leg_id": _legs(here)[2], "feeling": 2, "text": "Nobody rang."} | {missing: ""}
    answer = visitor.post(f"{here.room}/moments", **given)
    assert answer.status_code == 422
    assert [no for no in errors(answer) if sentence in no]
    page = answer.get_data(as_text=True)
    kept = {
        "leg_id": f'name="leg_id" value="{_legs(here)[2]}" data-int required checked',
        "feeling": 'name="feeling" value="2" data-int required checked',
        "text": "Nobody rang.",
    }
    assert all(text in page for name, text in kept.items() if name != missing)


def test_somebody_else_s_moment_is_not_theirs_to_make_a_problem_of(here: Place) -> None:
    moment = _places(here, here.seated(here.newcomer()))
    other = here.seated(here.newcomer())
    assert other.post(f"{here.room}/moments/problem", post_id=moment).status_code == 403


def test_the_facilitator_sees_the_map_and_makes_problems(here: Place) -> None:
    moment = _places(here, here.seated(here.newcomer()))
    host, desk = _host(here), f"/workshops/{here.told.room().slug}"
    page = host.get(desk)
    assert 'class="jm__svg"' in page
    assert "1 moment so far." in words(page)
    assert "jm__way--others" not in page, "one group alone is no comparison"
    assert host.post(f"{desk}/moments/problem", post_id=moment).status_code == 303
    with here.longtable.store.read() as db:
        assert [post.text for post in board(db, here.told.workshop, {"problem"})] == ["We waited."]


def test_a_moment_s_words_can_be_changed_where_it_stands(here: Place) -> None:
    visitor = here.seated(here.newcomer())
    moment = _places(here, visitor)
    answer = visitor.post(f"{here.room}/posts/edit", post_id=moment, text="We waited an hour.")
    assert answer.status_code == 303
    assert "We waited an hour. Very bad" in words(visitor.get(here.room))


def test_the_line_is_named_anew_and_a_no_keeps_what_was_typed(here: Place) -> None:
    host, desk = _host(here), f"/workshops/{here.told.room().slug}"
    assert "Before\nGoing in" in host.get(f"{desk}/journey")
    answer = host.post(f"{desk}/journey", lines="At home\nAt home")
    assert answer.status_code == 409
    assert "Two parts have the same name." in errors(answer)[0]
    assert "At home\nAt home" in answer.get_data(as_text=True).replace("\r", "")
    assert host.post(f"{desk}/journey", lines="").status_code == 422
    assert host.post(f"{desk}/journey", lines="At home\nIn the ward").status_code == 303
    assert "At home" in here.seated(here.newcomer()).get(here.room)


def test_a_hidden_moment_is_on_no_page_but_its_author_s_and_the_facilitator_s(here: Place) -> None:
    author = here.seated(here.newcomer())
    moment = _places(here, author, text=SECRET)
    author.post(f"{here.room}/moments/problem", post_id=moment)
    with here.longtable.store.read() as db:
        problem = board(db, here.told.workshop, {"problem"})[0].id
    for number in (moment, problem):
        here.told.do(posts.set_state, post_id=number, state="hidden")
    other, room = here.seated(here.newcomer()), here.told.room()
    pages = [other.get(here.room), other.get(f"{here.room}/mine")]
    pages.append(here.browser().get(f"/screen/{room.screen_token}"))
    for phase in ("problems", "themes", "ideas", "vote"):
        here.told.moves_to(phase)
        pages += [other.get(here.room), here.browser().get(f"/screen/{room.screen_token}")]
    assert [page for page in pages if SECRET in page] == []
    here.told.moves_to("journey")
    assert SECRET in author.get(here.room)
    assert SECRET in _host(here).get(f"/workshops/{room.slug}")


def test_the_projector_draws_the_line_of_the_room(here: Place) -> None:
    for leg in (0, 1):
        _places(here, here.seated(here.newcomer()), leg_id=_legs(here)[leg], feeling=5 - leg)
    page = here.browser().get(f"/screen/{here.told.room().screen_token}")
    drawn = re.search(r'jm__way--room" d="([^"]+)"', page)
    assert drawn
    assert drawn[1] == "M60.0 22.0L180.0 66.0"
    assert "It feels hardest at: Going in." in words(page)
