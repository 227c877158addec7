"""Rubbing out from one's own page and by code: said twice, then gone, with a way to think again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.web.visitors import Browser, Place, errors, place, words
from workshop.storage.models import Post, Seat


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="problems", problems=0, ideas=0)


def _left(here: Place) -> list[str]:
    with here.longtable.store.read() as db:
        return list(db.scalars(select(Post.text)))


def test_the_private_page_leads_to_rubbing_out_and_nothing_goes_without_the_tick(
    here: Place,
) -> None:
    me = here.newcomer()
    here.told.posts(me, "problem", "My own words")
    browser = Browser(here.longtable.app.test_client())
    _seated(here, browser, me.receipt)
    assert f"{here.room}/rub-out" in browser.get(f"{here.room}/mine")
    assert "What stays" in words(browser.get(f"{here.room}/rub-out"))
    answer = browser.post(f"{here.room}/rub-out")
    assert (answer.status_code, _left(here)) == (422, ["My own words"])
    assert "tick this first" in errors(answer)[0]
    answer = browser.post(f"{here.room}/rub-out", sure="y")
    assert (answer.status_code, answer.location, _left(here)) == (303, "/", [""])
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "Everything you said is rubbed out" in words(browser.get("/"))
    assert browser.client.get(here.room).location == "/"


def test_a_code_alone_is_enough_and_a_wrong_one_is_told_so(here: Place) -> None:
    me = here.newcomer()
    here.told.posts(me, "problem", "My own words")
    browser = Browser(here.longtable.app.test_client())
    browser.get("/rub-out")
    wrong = browser.post("/rub-out", sure="y", code="AAAA-BBBB-CCCC-DDDD")
    assert (wrong.status_code, _left(here)) == (409, ["My own words"])
    assert "can’t find that code" in errors(wrong)[0]
    unsure = browser.post("/rub-out", code=me.receipt)
    assert (unsure.status_code, _left(here)) == (422, ["My own words"])
    done = browser.post("/rub-out", sure="y", code=me.receipt.lower().replace("-", " "))
    assert (done.status_code, _left(here)) == (303, [""])
    with here.longtable.store.read() as db:
        assert db.get_one(Seat, me.seat).removed_at is not None


def _seated(here: Place, browser: Browser, receipt: str) -> None:
    with browser.client.session_transaction() as cookie:
        cookie["seats"] = {here.told.room().slug: receipt}
