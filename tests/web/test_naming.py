"""A hint at names without a script: the page comes back once, with every word still in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.web.visitors import Browser, Place, place, words
from workshop.storage.models import Post


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="problems", problems=0, ideas=0)


def _browser(here: Place) -> Browser:
    browser = Browser(here.longtable.app.test_client())
    with browser.client.session_transaction() as cookie:
        cookie["seats"] = {here.told.room().slug: here.newcomer().receipt}
    browser.get(here.room)
    return browser


def _posts(here: Place) -> list[str]:
    with here.longtable.store.read() as db:
        return list(db.scalars(select(Post.text)))


def test_a_name_is_hinted_at_once_and_never_stops_anybody(here: Place) -> None:
    browser, said = _browser(here), {"text": "My nurse Jane is rude", "often": "Weekly"}
    answer = browser.post(f"{here.room}/problems", **said)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, _posts(here)) == (200, [])
    assert "Please leave names out if you can. Or press the button again" in words(page)
    assert "My nurse Jane is rude" in page
    assert 'value="Weekly"' in page
    assert '<input type="hidden" name="sure" value="1" form="say">' in page
    assert browser.post(f"{here.room}/problems", **said, sure="1").status_code == 303
    assert _posts(here) == ["My nurse Jane is rude"]


def test_changed_words_go_out_and_plain_words_are_never_held_up(here: Place) -> None:
    browser = _browser(here)
    browser.post(f"{here.room}/problems", text="Write to ann@example.org")
    assert browser.post(f"{here.room}/problems", text="Write to the clinic").status_code == 303
    assert _posts(here) == ["Write to the clinic"]


def test_a_promise_to_oneself_may_name_anybody(here: Place) -> None:
    here.told.moves_to("next")
    browser = _browser(here)
    assert browser.post(f"{here.room}/pledges", text="I ring Dr Patel").status_code == 303


def test_a_comment_is_hinted_at_as_well(here: Place) -> None:
    here.told.moves_to("ideas")
    idea = here.told.posts(here.told.people[0], "idea", "Ring us")
    browser = _browser(here)
    said = {"idea_id": idea, "stance": "concern", "text": "Dr Patel would never"}
    answer = browser.post(f"{here.room}/comments", **said)
    assert answer.status_code == 200
    assert "Please leave names out" in words(answer.get_data(as_text=True))
    assert browser.post(f"{here.room}/comments", **said, sure="1").status_code == 303
