"""Without a script: one step in between where somebody said nearly the same; no word is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, place, words
from workshop.acts import steps
from workshop.reads import posts
from workshop.reads.posts import PostCard

BUS = "The last bus goes at five"
MINE = "The last bus goes at five."


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="problems", problems=0, ideas=0)


def _browser(here: Place) -> Browser:
    browser = Browser(here.longtable.app.test_client())
    with browser.client.session_transaction() as cookie:
        cookie["seats"] = {here.told.room().slug: here.newcomer().receipt}
    browser.get(here.room)
    return browser


def _all(here: Place, kind: str = "problem") -> tuple[PostCard, ...]:
    with here.longtable.store.read() as db:
        return posts.board(db, here.told.workshop, {kind}, {"shown", "merged"})


def test_the_page_comes_back_once_and_the_same_button_posts(here: Place) -> None:
    here.told.posts(here.told.people[0], "problem", BUS)
    browser, said = _browser(here), {"text": MINE, "often": "Weekly"}
    answer = browser.post(f"{here.room}/problems", **said)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, len(_all(here))) == (200, 1)
    assert "Somebody said something like this" in words(page)
    assert "Or press the button again to post yours on its own." in words(page)
    assert page.count(MINE) == 1
    assert 'value="Weekly"' in page
    assert browser.post(f"{here.room}/problems", **said, sure="1").status_code == 303
    assert sorted(post.text for post in _all(here)) == [BUS, MINE]


def test_the_words_go_into_that_card_where_their_writer_wants_it(here: Place) -> None:
    bus = here.told.posts(here.told.people[0], "problem", BUS)
    browser, said = _browser(here), {"text": MINE, "often": "Weekly"}
    browser.post(f"{here.room}/problems", **said)
    answer = browser.post(f"{here.room}/problems", **said, sure="1", add_to=str(bus))
    page = answer.get_data(as_text=True)
    assert (answer.status_code, len(_all(here))) == (200, 1)
    assert "You’re adding to this problem" in words(page)
    assert f'action="{here.room}/problems/join"' in page
    assert f'name="host_id" value="{bus}"' in page
    assert MINE in page
    assert 'value="Weekly"' in page
    assert browser.post(f"{here.room}/problems/join", **said, host_id=bus).status_code == 303
    mine, host = _all(here)
    assert (mine.text, mine.often, mine.state, mine.top_id) == (MINE, "Weekly", "merged", bus)
    assert host.inside == 1


def test_an_idea_goes_on_as_one_that_builds_on_the_other(here: Place) -> None:
    here.told.moves_to("ideas")
    bus = here.told.posts(here.told.people[0], "idea", "A later bus from the clinic")
    browser, said = _browser(here), {"text": "A later bus from our clinic", "better_for": "Carers"}
    assert "Somebody said" in words(
        browser.post(f"{here.room}/ideas", **said).get_data(as_text=True)
    )
    page = browser.post(f"{here.room}/ideas", **said, add_to=str(bus)).get_data(as_text=True)
    assert "You’re building on this idea" in words(page)
    assert f'name="builds_on_id" value="{bus}"' in page
    assert "Carers" in page
    assert browser.post(f"{here.room}/ideas", **said, builds_on_id=bus).status_code == 303
    assert _all(here, "idea")[0].builds_on == "A later bus from the clinic"


def test_both_hints_come_in_one_step(here: Place) -> None:
    here.told.posts(here.told.people[0], "problem", "My nurse Jane is rude")
    browser, said = _browser(here), {"text": "My nurse Jane is so rude"}
    page = browser.post(f"{here.room}/problems", **said).get_data(as_text=True)
    assert "Please leave names out" in words(page)
    assert "Somebody said something like this" in words(page)
    assert browser.post(f"{here.room}/problems", **said, sure="1").status_code == 303


def test_other_words_ones_own_and_what_nobody_sees_hold_nobody_up(here: Place) -> None:
    told = here.told
    told.posts(told.people[0], "problem", BUS)
    browser = _browser(here)
    assert browser.post(f"{here.room}/problems", text="Nobody calls back").status_code == 303
    # What somebody posts twice is their own, and they know it.
    assert browser.post(f"{here.room}/problems", text="Nobody calls back").status_code == 303
    step = told.room().step
    given = {"question": step.question, "minutes": step.minutes}
    told.do(steps.edit_step, step_id=step.id, view="own", **given)
    assert browser.post(f"{here.room}/problems", text=MINE).status_code == 303
    assert "data-alike" not in browser.get(here.room)


def test_a_card_that_has_gone_meanwhile_loses_no_word(here: Place) -> None:
    browser = _browser(here)
    answer = browser.post(f"{here.room}/problems/join", text=MINE, host_id=9_999)
    assert answer.status_code == 404
    assert MINE in answer.get_data(as_text=True)
    assert browser.post(f"{here.room}/problems", text=MINE, add_to="9999").status_code == 200
    assert browser.post(f"{here.room}/problems/join", text=MINE).status_code == 409
