"""An address on one's own page: leaving it, taking it back, and that nothing of it is left."""

from __future__ import annotations

import html

import pytest
from sqlalchemy import select

from tests.acts.test_erasing import _tables
from tests.web.desk import Desk, desk
from tests.web.hearing import GRACE, Place
from tests.web.panel import panel
from workshop.acts import erasing, keeping, running
from workshop.rules.hearing import post_mark
from workshop.rules.keeping import DAY_MS
from workshop.storage.models import Follower, Post, Seat

__all__ = ["desk"]


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(panel(desk))


def test_a_page_says_what_the_address_is_for_and_shows_little_of_it(place: Place) -> None:
    client, page = place.browser(place.author()), f"/w/{place.here.slug}/mine"
    empty = client.get(page).text
    assert "Hear back by email" in empty
    assert "rubbed out when you take it back" in empty
    place.leaves()
    kept = client.get(page).text
    assert "g…@example.org" in kept
    assert GRACE not in kept
    assert client.post(f"{page}/stop").status_code == 303
    assert place.rows() == []
    assert "g…@example.org" not in client.get(page).text
    assert client.post(f"{page}/stop").status_code == 303, "gone already"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("grace at example", "That doesn’t look like an email address."),
        ("", "Please write something first."),
        (f"{'g' * 250}@example.org", "Please use 254 letters or fewer."),
    ],
)
def test_a_wrong_address_is_refused_and_stays_in_its_field(
    place: Place, typed: str, sentence: str
) -> None:
    client = place.browser(place.author())
    answer = client.post(f"/w/{place.here.slug}/mine/email", data={"address": typed})
    assert answer.status_code in {409, 422}
    assert sentence in html.unescape(answer.text)
    assert f'value="{typed}"' in answer.text
    assert place.rows() == []


def test_another_address_takes_the_place_of_the_first(place: Place) -> None:
    place.leaves()
    place.leaves("new@example.org")
    assert [row.address for row in place.rows()] == ["new@example.org"]


def test_the_link_of_a_letter_takes_the_address_back_after_a_press(place: Place) -> None:
    place.leaves()
    place.answers()
    place.passes()
    link = place.letters()[0]["List-Unsubscribe"].strip(" <>")
    assert link in place.text()
    path = link.removeprefix("https://table.example")
    anybody = place.here.desk.visitor()
    assert "Stop these emails?" in anybody.get(path).text
    assert len(place.rows()) == 1, "programs open links by themselves"
    assert "No more emails will come" in anybody.post(path).text
    assert place.rows() == []
    assert anybody.post(path).status_code == 200, "once more is the same"
    place.passes()
    assert place.letters() == [], "what lay in the folder is gone too"


@pytest.mark.parametrize(
    "token", ["1", "1.", "1.0000", "x.y", "²." + "0" * 32, "999999999999999.a"]
)
def test_a_forged_link_takes_nothing_back(place: Place, token: str) -> None:
    place.leaves()
    anybody = place.here.desk.visitor()
    assert anybody.get(f"/letters/{token}").status_code == 404
    assert anybody.post(f"/letters/{token}").status_code == 404
    assert len(place.rows()) == 1


def test_nothing_of_the_address_is_left_after_rubbing_out(place: Place) -> None:
    person = place.author()
    place.leaves()
    place.answers()
    place.passes()
    assert GRACE in _tables(place.stage.store)
    given = {"seat_id": person.seat, "receipt": person.receipt}
    place.told.do(erasing.rub_out, **given)
    place.postman.round()
    assert "grace" not in _tables(place.stage.store)
    assert place.letters() == []


def test_the_address_goes_with_all_words_on_their_day(place: Place) -> None:
    place.leaves()
    place.told.do(running.finish)
    place.clock.now += 366 * DAY_MS
    assert keeping.sweep(place.stage) == 1
    assert place.rows() == []
    assert place.passes() == 0
    client = place.browser(place.author())
    assert (
        client.post(f"/w/{place.here.slug}/mine/email", data={"address": GRACE}).status_code != 303
    )


def test_the_database_says_neither_whose_the_address_is_nor_which_posts_it_follows(
    place: Place,
) -> None:
    place.leaves()
    (row,) = place.rows()
    kept = repr({one.name: getattr(row, one.name) for one in Follower.__table__.columns})
    with place.stage.store.read() as db:
        posts = db.execute(select(Post.id, Post.owner, Post.salt)).all()
        codes = db.scalars(select(Seat.receipt_hash)).all()
    assert not any(post.owner in kept or post.salt in kept for post in posts)
    assert not any(code in kept for code in codes)
    guesses = {post_mark("another key" * 4, row.salt, post.id) for post in posts}
    assert not guesses & set(row.posts)
