"""Pictures on posts: put on, seen by whoever sees the post, gone with it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from tests.formats.test_pictures import photo
from tests.story import Person
from tests.web.visitors import Browser, Place, place, words
from workshop.acts import posts, running
from workshop.rules.pictures import MOST_SENT
from workshop.storage.models import Picture

IMAGE = re.compile(r'<img src="([^"]+/picture/[^"]+)"[^>]*alt="([^"]*)"')


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place(tmp_path_factory.mktemp("pictures"), step="problems", problems=0, ideas=0)


def puts(visitor: Browser, here: Place, number: int, data: bytes, alt: str = "A long queue") -> str:
    """Put a picture on a post, and return what the page then says."""
    visitor.post(
        f"{here.room}/posts/{number}/picture", picture=(io.BytesIO(data), "IMG_1.jpg"), alt=alt
    )
    return visitor.get(here.room)


def posted(here: Place) -> tuple[Person, Browser, int]:
    author = here.newcomer()
    return author, here.seated(author), here.told.posts(author, "problem", "We queue outside")


def kept(here: Place) -> int:
    with here.longtable.store.read() as db:
        return db.scalar(select(func.count()).select_from(Picture)) or 0


def test_a_picture_is_on_the_card_with_its_words_and_everybody_in_the_room_sees_it(
    here: Place,
) -> None:
    _, visitor, number = posted(here)
    page = puts(visitor, here, number, photo())
    assert "Your picture is on the card" in words(page)
    found = IMAGE.findall(page)
    assert {alt for _, alt in found} == {"A long queue"}
    other = here.seated(here.newcomer("staff"))
    assert IMAGE.search(other.get(here.room))
    answer = other.client.get(found[0][0])
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"CANARY" not in answer.data
    again = other.client.get(found[0][0], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert here.browser().client.get(found[0][0]).status_code in {302, 403}


def _hides(here: Place, _author: Person, number: int) -> None:
    here.told.do(posts.set_state, post_id=number, state="hidden")


def _removes(here: Place, _author: Person, number: int) -> None:
    here.told.do(posts.set_state, post_id=number, state="removed")


def _withdraws(here: Place, author: Person, number: int) -> None:
    own = {"seat_id": author.seat, "receipt": author.receipt}
    here.told.do(posts.withdraw_post, post_id=number, **own)


@pytest.mark.parametrize(
    ("goes", "author_sees", "stays"),
    [(_hides, 200, 1), (_removes, 404, 1), (_withdraws, 404, 0)],
)
def test_a_post_that_goes_takes_its_picture_with_it(
    here: Place, goes: Callable[[Place, Person, int], None], author_sees: int, stays: int
) -> None:
    author, visitor, number = posted(here)
    address = IMAGE.findall(puts(visitor, here, number, photo()))[0][0]
    other = here.seated(here.newcomer())
    assert other.client.get(address).status_code == 200
    goes(here, author, number)
    assert other.client.get(address).status_code == 404
    assert visitor.client.get(address).status_code == author_sees
    assert kept(here) == stays
    assert not IMAGE.search(other.get(here.room))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg/>", "We can’t read that picture."),
        (b"", "We can’t read that picture."),
    ],
)
def test_what_is_no_picture_gets_one_sentence_and_the_post_stands(
    here: Place, data: bytes, sentence: str
) -> None:
    _, visitor, number = posted(here)
    page = words(puts(visitor, here, number, data))
    assert sentence in page
    assert "We queue outside" in page
    assert kept(here) == 0


def test_a_file_that_is_far_too_large_is_told_so(here: Place) -> None:
    _, visitor, number = posted(here)
    answer = visitor.client.post(
        f"{here.room}/posts/{number}/picture",
        data=b"x" * (MOST_SENT + 70_000),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def test_nobody_puts_a_picture_on_what_is_not_theirs_or_while_posting_is_paused(
    here: Place,
) -> None:
    _, visitor, number = posted(here)
    stranger = here.seated(here.newcomer())
    puts(stranger, here, number, photo())
    assert kept(here) == 0
    here.told.do(running.lock_room, locked=True)
    assert "paused posting" in words(puts(visitor, here, number, photo()))
    assert kept(here) == 0
    here.told.do(running.lock_room, locked=False)
    puts(visitor, here, number, photo())
    assert kept(here) == 1
    page = visitor.get(here.room)
    visitor.post(f"{here.room}/posts/{number}/picture/off")
    assert IMAGE.search(page)
    assert kept(here) == 0
    assert not IMAGE.search(visitor.get(here.room))
